import assert from 'node:assert/strict';
import { it } from 'node:test';
import { splitHead, withHead } from '../../src/records/encrypted-files.ts';

async function bytesOf(path: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const content = (async function* () {
    yield Buffer.from('line\nof it');
  })();
  for await (const piece of withHead({ path, isContinued: true }, content)) pieces.push(piece);
  return Buffer.concat(pieces);
}

it('gives path and bytes back', async () => {
  const { target, content, isContinued } = splitHead(await bytesOf('records/a/0001/record.json'), '/work');
  assert.deepEqual([target, content.toString(), isContinued], ['/work/records/a/0001/record.json', 'line\nof it', true]);
});

it('whoever has the public key can write such files: none leads out of the directory', async () => {
  for (const path of ['../../etc/cron.d/x', 'records/../../x', '/etc/passwd', 'a\0b', ''])
    await assert.rejects(async () => splitHead(await bytesOf(path), '/work'), { code: 'tarball-unreadable' }, path);
  assert.throws(() => splitHead(Buffer.from('{}\n'), '/work'), { code: 'tarball-unreadable' });
  assert.throws(() => splitHead(Buffer.alloc(5000, 'x'), '/work'), { code: 'tarball-unreadable' });
});
