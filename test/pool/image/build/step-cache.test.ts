import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { type CachedStep, cachedStep } from '../../../../src/pool/image/build/step-cache.ts';

interface Bench {
  step: (inputs: readonly unknown[], more?: Partial<CachedStep>) => ReturnType<typeof cachedStep>;
  made: () => number;
}

function bench(work: string): Bench {
  let count = 0;
  const signal = new AbortController().signal;
  const make = async (directory: string): Promise<void> => {
    count += 1;
    await writeFile(join(directory, 'result'), String(count));
  };
  return {
    made: () => count,
    step: (inputs, more = {}) => cachedStep({ work, name: 'root', inputs, isFresh: false, make, signal, ...more }),
  };
}

test('the same inputs are made once; others replace them', async () => {
  await using work = await temporaryDirectory('recon-steps-');
  const { step, made } = bench(work.path);
  const first = await step(['a']);
  assert.ok(first.seconds > 0);
  assert.deepEqual(await step(['a']), { ...first, seconds: 0 });
  assert.equal(made(), 1);
  await step(['b']);
  assert.equal((await readdir(work.path)).length, 1);
  assert.equal(made(), 2);
});

test('what is made anew from the same inputs is another thing to later steps', async () => {
  await using work = await temporaryDirectory('recon-steps-');
  const { step, made } = bench(work.path);
  const first = await step(['a']);
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.notEqual((await step(['a'], { isFresh: true })).id, first.id);
  assert.equal(made(), 2);
});

test('what failed, or was told to stop and ended well all the same, is made again', async () => {
  await using work = await temporaryDirectory('recon-steps-');
  const { step, made } = bench(work.path);
  await assert.rejects(step(['a'], { make: async () => Promise.reject(new Error('no')) }), /no/);
  await assert.rejects(step(['a'], { signal: AbortSignal.abort() }), /stopped from outside/);
  assert.equal(made(), 1);
  assert.ok((await step(['a'])).seconds > 0);
  assert.equal(made(), 2);
});
