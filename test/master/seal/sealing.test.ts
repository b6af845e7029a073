import assert from 'node:assert/strict';
import { it } from 'node:test';
import { startSealing } from '../../../src/master/seal/sealing.ts';

const tarball = (name: string) => ({ name, path: `/x/${name}`, sizeBytes: 1, sha256: 'ab', machines: 1 });

it('seals by itself after a quiet time, once for all that changed', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const replaced: (string | undefined)[] = [];
  const sealing = startSealing({
    quietMs: 1000,
    build: async (replaces) => {
      replaced.push(replaces);
      return tarball(`t${replaced.length}`);
    },
    onSealed: () => {},
    onFailed: (error) => assert.fail(String(error)),
  });
  sealing.changed();
  context.mock.timers.tick(999);
  sealing.changed();
  context.mock.timers.tick(999);
  assert.deepEqual(replaced, []);
  context.mock.timers.tick(1);
  await sealing.seal();
  assert.deepEqual(replaced, [undefined]);
  assert.equal(sealing.current?.name, 't1');
  sealing.changed();
  assert.equal(sealing.current, undefined);
  assert.equal(sealing.latest?.name, 't1');
  await sealing.stop();
  assert.deepEqual(replaced, [undefined, 't1']);
});

it('tries again after a failure, and says why', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const failures: unknown[] = [];
  let full = true;
  const sealing = startSealing({
    quietMs: 1000,
    build: async () => {
      if (full) throw new Error('full');
      return tarball('t');
    },
    onSealed: () => {},
    onFailed: (error) => failures.push(error),
  });
  await assert.rejects(sealing.seal());
  assert.equal(failures.length, 1);
  full = false;
  context.mock.timers.tick(1000);
  assert.equal((await sealing.seal()).name, 't');
});
