import assert from 'node:assert/strict';
import { copyFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { peopleCertificate } from '../../../src/pool/public/people-certificate.ts';
import { type ServerCertificate, serverCertificate } from '../../../src/pool/public/server-certificate.ts';

async function rig(t: TestContext) {
  const directory = await temporaryDirectory('recon-tls-');
  t.after(() => directory[Symbol.asyncDispose]());
  const place = (name: string) => join(directory.path, name);
  const [one, other] = [
    await serverCertificate(place('one'), { names: ['one.example'] }),
    await serverCertificate(place('other'), { names: ['other.example'] }),
  ];
  const files = { certificate: place('certificate.pem'), key: place('key.pem') };
  const put = async (from: 'one' | 'other', which: ('certificate' | 'key')[] = ['certificate', 'key']): Promise<void> => {
    for (const name of which) {
      // in one moment: a look may fall into the middle of a copy, and the next one too
      await copyFile(place(`${from}/${name}.pem`), place('copied'));
      await rename(place('copied'), files[name]);
    }
  };
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  const open = () =>
    peopleCertificate(place('own'), {
      ...{ files, names: ['head'], now: () => new Date(), everyMs: 1 },
      log: { info: say, warn: say, debug: () => {} },
    });
  return { one, other, files, put, said, open };
}

async function until(what: () => boolean): Promise<void> {
  while (!what()) await delay(1);
}

test('a pair that was replaced is taken while it serves; halves in between are not, and are no trouble for a moment', async (t) => {
  const { one, other, put, said, open } = await rig(t);
  await put('one');
  const certificate = await open();
  assert.deepEqual([certificate.current(), certificate.trouble(), said], [one, undefined, []]);
  const taken: ServerCertificate[] = [];
  await using _following = certificate.follow(async (next) => void taken.push(next));
  await put('other', ['certificate']);
  await until(() => certificate.trouble() !== undefined);
  assert.match(
    certificate.trouble() ?? '',
    /key\.pem is not the key of .*certificate\.pem .*; the certificate from before goes on serving$/,
  );
  assert.deepEqual([taken, certificate.current()], [[], one]);
  await put('other', ['key']);
  await until(() => certificate.trouble() === undefined);
  assert.deepEqual([taken, certificate.current()], [[other], other]);
  assert.deepEqual(
    said.map((line) => line.replace(/: .*/, '')),
    ['certificate of the page', 'the certificate of the page was replaced'],
  );
});

test('files that do not fit at the start: one of our own stands in, everybody is told, and they are taken once they fit', async (t) => {
  const { one, files, put, said, open } = await rig(t);
  await put('one', ['certificate']);
  await put('other', ['key']);
  const certificate = await open();
  assert.deepEqual(certificate.current().names, ['head']);
  assert.match(said.join('\n'), /is not the key of .*until that is mended one of our own stands in$/);
  await using _following = certificate.follow(async () => {});
  await writeFile(files.key, 'torn');
  await until(() => (certificate.trouble() ?? '').includes('cannot be used'));
  assert.match(certificate.trouble() ?? '', /until that is mended one of our own stands in$/);
  await put('one', ['key']);
  await until(() => certificate.trouble() === undefined);
  assert.deepEqual(certificate.current(), one);
});

test('a listener that does not take the other one keeps its own, and says so', async (t) => {
  const { one, put, said, open } = await rig(t);
  await put('one');
  const certificate = await open();
  await using _following = certificate.follow(async () => {
    throw new Error('the disk is full');
  });
  await put('other');
  await until(() => said.some((line) => line.includes('was not replaced: the disk is full')));
  assert.deepEqual(certificate.current(), one);
});
