import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { DMESG_BYTES, openKernelMessages } from '../../../src/pool/history/kernel-messages.ts';

const mac = (number: number): string => `52:54:00:66:00:0${number}`;

test('of each machine the last messages are kept, as lines that a terminal may be given', async () => {
  await using directory = await temporaryDirectory('recon-dmesg-');
  const path = join(directory.path, 'dmesg');
  const messages = await openKernelMessages(path);
  assert.equal(await messages.of(mac(1)), undefined);
  await messages.keep(mac(1), Buffer.from('before'));
  await messages.keep(mac(1), Buffer.from('[ 1.0] eth0: link\x1b]0;evil\x07\tup\r\n[ 2.0] \u202e\x9b31m grün\n'));
  assert.equal(await messages.of(mac(1)), '[ 1.0] eth0: link]0;evil\tup\n[ 2.0] 31m grün\n');
  assert.equal((await stat(join(path, '52-54-00-66-00-01.txt'))).mode & 0o777, 0o600);
  await messages.keep(mac(1), Buffer.alloc(DMESG_BYTES + 5, 'x'));
  assert.equal((await messages.of(mac(1)))?.length, DMESG_BYTES);
  assert.equal((await (await openKernelMessages(path)).of(mac(1)))?.length, DMESG_BYTES, 'after a restart');
});

test('who sent none for longest is forgotten, also after a restart', async () => {
  await using directory = await temporaryDirectory('recon-dmesg-');
  const messages = await openKernelMessages(directory.path, { mostFiles: 2 });
  for (const number of [1, 2, 1, 3]) await messages.keep(mac(number), Buffer.from('x'));
  assert.deepEqual(await readdir(directory.path), ['52-54-00-66-00-01.txt', '52-54-00-66-00-03.txt']);
  await (await openKernelMessages(directory.path, { mostFiles: 2 })).keep(mac(4), Buffer.from('x'));
  assert.equal((await readdir(directory.path)).length, 2);
});
