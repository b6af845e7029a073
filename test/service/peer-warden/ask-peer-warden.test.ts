import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { listenLines } from '../../../src/platform/network/line-socket.ts';
import type { PeerActs } from '../../../src/service/peer-warden/acts.ts';
import { askPeerWarden } from '../../../src/service/peer-warden/ask-peer-warden.ts';
import { answerLines } from '../../../src/service/warden/answer.ts';
import type { WardenMessage } from '../../../src/service/warden/message.ts';

const NEVER = new AbortController().signal;

test('what the warden of a peer did comes back as it was, with what a workload says, and its refusal in its own words', async () => {
  await using directory = await temporaryDirectory('recon-peer-warden-');
  const path = join(directory.path, 'socket');
  let tell: (message: WardenMessage) => void = () => {};
  const acts: PeerActs = {
    'take-inventory': async () => ({ parts: ['hardware'] }),
    'open-login': async () => ({ said: ['remote login is on'] }),
    'has-bmc': async () => ({ hasBmc: true }),
    'shut-down': async () => Promise.reject(new Error('this machine has no receipt')),
    'look-again': async () => Promise.reject(new Error('this machine booted from its master')),
    'run-workload': async () => {
      tell({ unitLines: ['reading'] });
      return { exitCode: 3 };
    },
  };
  await using _listener = await listenLines(path, process.getuid?.() ?? 0, (connection) => {
    tell = (message) => connection.send(JSON.stringify(message));
    return answerLines(connection, acts, tell, silentLog);
  });
  const warden = await askPeerWarden(NEVER, silentLog, path);
  assert.deepEqual(await warden.openLogin(), ['remote login is on']);
  assert.equal(await warden.hasBmc(), true);
  await assert.rejects(warden.shutDown(), { message: 'this machine has no receipt' });
  await assert.rejects(warden.lookAgain(), { message: 'this machine booted from its master' });
  const said: string[] = [];
  assert.deepEqual(await warden.runWorkload((line) => said.push(line)), {
    exitCode: 3,
    signal: undefined,
    runDirectory: '/run/recon/workload',
  });
  assert.deepEqual(said, ['reading']);
  warden.leave();
});
