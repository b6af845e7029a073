import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { isWholeAnswer } from '../../src/lab/machine/tpm-message.ts';
import { findTpmChanges } from '../../src/lab/machine/tpm-untouched.ts';
import { readTpmContents } from '../../src/lab/machine/virtual-tpm.ts';
import { exists, temporaryDirectory } from '../../src/platform/files/files.ts';
import { connectBytes } from '../../src/platform/network/byte-socket.ts';
import { startChild } from '../../src/platform/process/child.ts';
import { run } from '../../src/platform/process/command.ts';
import { waitFor } from '../../src/platform/process/wait-for.ts';

/**
 * `TPM2_NV_DefineSpace` of 8 bytes at 0x01500000, as the owner with the empty password; TPM 2.0 Library, part 3, section 31.3. The
 * area may be read and written by owner and password (attributes 0x00060006).
 */
const DEFINE_SPACE = Buffer.from(
  ['8002 0000002d 0000012a 40000001', '00000009 40000009 0000 00 0000', '0000 000e 01500000 000b 00060006 0000 0008']
    .join('')
    .replaceAll(' ', ''),
  'hex',
);

test('what somebody stores in a TPM is found, and starting it alone changes nothing', async (t) => {
  if ((await run(['swtpm', '--version'], { timeoutMs: 60_000 })).status === 'absent') return t.skip('swtpm is not installed');
  await using directory = await temporaryDirectory('recon-test-');
  const place = { stateDirectory: join(directory.path, 'state'), socketPath: join(directory.path, 'tpm') };
  const before = await readTpmContents(place);
  assert.deepEqual(findTpmChanges('peer', before, await readTpmContents(place)), []);
  await storeSomething(place.stateDirectory, join(directory.path, 'other'));
  assert.deepEqual(findTpmChanges('peer', before, await readTpmContents(place)), [
    "peer: the TPM's memory areas were none and are now 0x1500000",
  ]);
});

async function storeSomething(stateDirectory: string, socketPath: string): Promise<void> {
  const listen = ['--server', `type=unixio,path=${socketPath}`, '--flags', 'startup-clear'];
  const child = startChild(['swtpm', 'socket', '--tpm2', '--tpmstate', `dir=${stateDirectory}`, ...listen]);
  try {
    await waitFor(async () => ((await exists(socketPath)) ? true : undefined), { timeoutMs: 60_000, pauseMs: 50 });
    const socket = await connectBytes(socketPath);
    const answer = await socket.ask(DEFINE_SPACE, isWholeAnswer);
    socket.close();
    assert.equal(answer.readUInt32BE(6), 0, `the TPM refused: ${answer.toString('hex')}`);
  } finally {
    await child.stop();
  }
}
