import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { ReconError } from '../../../src/domain/errors.ts';
import { aborted } from '../../../src/domain/values/aborted.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { listenLines } from '../../../src/platform/network/line-socket.ts';
import type { WardenActs } from '../../../src/service/warden/acts.ts';
import { answerLines, endedMessage } from '../../../src/service/warden/answer.ts';
import { askWarden } from '../../../src/service/warden/ask-warden.ts';
import type { WardenMessage } from '../../../src/service/warden/message.ts';

const NEVER = new AbortController().signal;
const US = process.getuid?.() ?? 0;
const OPENED: Awaited<ReturnType<WardenActs['open-storage']>> = {
  directory: '/stick',
  storage: 'stick',
  place: { macs: [], site: 'hall-3' },
  visit: {
    settings: { site: 'hall-3', expected: { count: 4 } },
    toolsDirectory: '/tools',
    collectorsDirectory: '/collectors',
    workload: { captureMs: 1000 },
    said: ['recon.yaml sets site'],
    mistakes: [],
  },
};

/** A warden that notes what it is asked, behind a real socket. */
async function warden(path: string, own: Partial<WardenActs> = {}) {
  const did: string[] = [];
  let tell: (message: WardenMessage) => void = () => {};
  const nothing = (word: string) => async () => {
    did.push(word);
    return {};
  };
  const acts: WardenActs = {
    'open-storage': async () => OPENED,
    'look-at-medium': async () => ({ trouble: { fault: 'gone', reason: 'it was pulled' } }),
    'reopen-medium': nothing('reopen-medium'),
    'close-storage': async () => ({ trouble: 'sync failed' }),
    'open-login': async () => ({ said: ['remote login is on'] }),
    'take-inventory': async () => Promise.reject(new Error('no network card')),
    'look-for-second-stick': async () => ({ isThere: true, words: '/dev/sdc' }),
    'take-records': async () => Promise.reject(new ReconError('not-found', 'no stick was shown yet', { hint: 'type take' })),
    'become-peer': nothing('become-peer'),
    'start-dnsmasq': nothing('start-dnsmasq'),
    'stop-dnsmasq': nothing('stop-dnsmasq'),
    'is-going-down': async () => ({ isGoingDown: true }),
    'power-off': nothing('power-off'),
    ...own,
  };
  const listener = await listenLines(path, US, (connection) => {
    tell = (message) => connection.send(JSON.stringify(message));
    return answerLines(connection, acts, tell, silentLog);
  });
  return { did, tell: (message: WardenMessage) => tell(message), [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose]() };
}

test('what the warden did comes back as it was, and its failures in its own words', async () => {
  await using directory = await temporaryDirectory('recon-warden-');
  const path = join(directory.path, 'socket');
  await using there = await warden(path);
  const asked = await askWarden(NEVER, path);
  assert.deepEqual(await asked.openStorage(), OPENED);
  assert.deepEqual(await asked.openLogin(), ['remote login is on']);
  assert.equal(await asked.isGoingDown(), true);
  assert.deepEqual(await asked.lookForSecondStick(), { isThere: true, words: '/dev/sdc' });
  await assert.rejects(asked.takeRecords(), { message: 'no stick was shown yet', hint: 'type take' });
  await asked.powerOff();
  const data = asked.storageOf(OPENED);
  assert.deepEqual(await data.medium?.look(), { fault: 'gone', reason: 'it was pulled' });
  await data.medium?.reopen();
  assert.equal(await data.close(), 'sync failed');
  await assert.rejects(asked.takeParts(), { message: 'no network card' });
  assert.deepEqual(there.did, ['power-off', 'reopen-medium']);
  asked.leave();
});

test('a stick that cannot be mounted again is a failure of the medium, which a peer waits out', async () => {
  await using directory = await temporaryDirectory('recon-warden-');
  const path = join(directory.path, 'socket');
  const refusals = [new ReconError('medium-failed', '/dev/sdc3 is another stick', { hint: 'Plug in the other one.' })];
  await using _there = await warden(path, {
    'reopen-medium': async () => Promise.reject(refusals.shift() ?? new Error('it is not plugged in')),
  });
  const asked = await askWarden(NEVER, path);
  const reopen = async () => asked.storageOf(OPENED).medium?.reopen();
  await assert.rejects(reopen, { code: 'medium-failed', message: '/dev/sdc3 is another stick', hint: 'Plug in the other one.' });
  await assert.rejects(reopen, { code: 'medium-failed', message: 'it is not plugged in', hint: undefined });
  asked.leave();
});

test('dnsmasq lives with the warden: its lines and its end come over, and it ends before stop returns', async () => {
  await using directory = await temporaryDirectory('recon-warden-');
  const path = join(directory.path, 'socket');
  let hasStopped = false;
  await using there = await warden(path, {
    'stop-dnsmasq': async () => {
      hasStopped = true;
      return {};
    },
  });
  const asked = await askWarden(NEVER, path);
  const said: string[] = [];
  const first = asked.startDnsmasq('/ignored', (line) => said.push(line));
  await asked.isGoingDown();
  there.tell({ unitLines: ['dnsmasq: started', 'dnsmasq: DHCP'] });
  there.tell(endedMessage({ exitCode: 3, signal: undefined }));
  assert.deepEqual(await first.exited, { exitCode: 3, signal: undefined });
  assert.deepEqual(said, ['dnsmasq: started', 'dnsmasq: DHCP']);
  const second = asked.startDnsmasq('/ignored', () => {});
  await second.stop();
  assert.ok(hasStopped);
  asked.leave();
});

test('a master whose warden goes is told, and asks nothing more', async () => {
  await using directory = await temporaryDirectory('recon-warden-');
  const path = join(directory.path, 'socket');
  const there = await warden(path, { 'is-going-down': () => new Promise(() => {}) });
  const asked = await askWarden(NEVER, path);
  const open = assert.rejects(asked.isGoingDown(), { code: 'infrastructure' });
  await there[Symbol.asyncDispose]();
  await aborted(asked.gone);
  await open;
  await assert.rejects(asked.powerOff(), { code: 'infrastructure' });
});

test('a master that starts before its warden waits for it', async () => {
  await using directory = await temporaryDirectory('recon-warden-');
  const path = join(directory.path, 'socket');
  const asking = askWarden(NEVER, path);
  await using _there = await warden(path);
  const asked = await asking;
  assert.equal(await asked.isGoingDown(), true);
  asked.leave();
  await assert.rejects(askWarden(AbortSignal.abort(), join(directory.path, 'nobody')), { code: 'ENOENT' });
});

for (const line of [
  '{"id":1,"word":"mount"}',
  '{"id":1,"word":"power-off","path":"/"}',
  '{"id":-1,"word":"power-off"}',
  '["power-off"]',
  'power-off',
  `{"id":1,"word":"power-off"}${' '.repeat(300)}`,
]) {
  test(`no word of ours, and the connection ends: ${line.slice(0, 40)}`, async () => {
    await using directory = await temporaryDirectory('recon-warden-');
    const path = join(directory.path, 'socket');
    await using there = await warden(path);
    const socket = connect(path);
    await once(socket, 'connect');
    socket.write(`${line}\n`);
    socket.resume();
    await once(socket, 'close');
    assert.deepEqual(there.did, []);
  });
}

test('a line without an end does not fill the memory of the warden', async () => {
  await using directory = await temporaryDirectory('recon-warden-');
  const path = join(directory.path, 'socket');
  await using _there = await warden(path);
  const socket = connect(path);
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(Buffer.alloc(70_000, 'x'));
  socket.resume();
  await once(socket, 'close');
});
