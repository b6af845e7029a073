import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { arp } from '../master/guard/frames.ts';
import { guardEvents } from './fixtures/guard-events.ts';
import { createTestNetwork, repeatFrame, type TestNetwork } from './fixtures/guard-network.ts';
import { guardedRoom, type RoomLine, SEGMENT_INTERFACE } from './fixtures/guarded-room.ts';

const isRoot = process.getuid?.() === 0;
const CHILD = fileURLToPath(new URL('fixtures/guard-child.ts', import.meta.url));

describe('two sticks on one segment', { skip: isRoot ? false : 'needs root' }, () => {
  const stack = new AsyncDisposableStack();
  let network: TestNetwork;
  before(async () => {
    network = stack.use(await createTestNetwork(`recon-test-${process.pid}-2`));
    for (const name of ['one', 'two']) await network.cable(name);
    await network.switchOf('sw', ['one', 'two'], []);
  });
  after(() => stack.disposeAsync());

  test('both begin at the same second: one is to serve, the other says why not, and is looked at again when the first is gone', async () => {
    const [first, second] = [guardEvents(), guardEvents()];
    const start = (name: string, record: (line: string) => void) =>
      network.start(network.near, [process.execPath, CHILD, name, '3000', '4000', JSON.stringify({ pollMs: 500 })], record);
    const guards = { one: start('one', first.record), two: start('two', second.record) };
    await Promise.all([first.reached('one', 2), second.reached('two', 2)]);
    const ends = [first.of('one')[1], second.of('two')[1]].sort();
    assert.deepEqual(ends, ['quiet', 'refused other-recon']);
    const [winner, loser] = first.of('one')[1] === 'quiet' ? (['one', 'two'] as const) : (['two', 'one'] as const);
    const events = { one: first, two: second };
    await events[winner].reached(winner, 3);
    assert.equal(events[winner].of(winner)[2], 'quiet', 'it says that there is another one, and goes on');
    await events[loser].reached(loser, 4);
    assert.deepEqual(events[loser].of(loser).slice(2, 4), ['probing', 'refused other-recon'], 'it looks again');
    await guards[winner].stop();
    await events[loser].until(() => events[loser].of(loser).at(-1) === 'quiet');
    await guards[loser].stop();
  });
});

describe('a stick where another one serves', { skip: isRoot ? false : 'needs root' }, () => {
  test('it says that the other one serves, and nothing of its servers; the other one goes on and says so too', async () => {
    await using room = await guardedRoom(`recon-test-${process.pid}-3`);
    await room.start();
    await room.until(({ kind }) => kind === 'serving');
    const events = guardEvents();
    // a machine of its own: to one in the master's namespace its hardware address would be an own one
    const argv = ['ip', 'netns', 'exec', room.client, process.execPath, CHILD, 'eth0', '4000', '60000', '{}'] as const;
    room.network.start(room.network.far, argv, events.record);
    await events.reached('eth0', 2);
    assert.deepEqual(events.of('eth0'), ['probing', 'refused other-recon']);
    const said = await room.until(({ lines }) => lines?.some((line) => line.includes('another Recon master')) === true);
    assert.equal(said.state, 'quiet');
    assert.match(said.lines?.join(' ') ?? '', /leaves the segment to this one/);
    assert.equal(
      room.said.some(({ kind, interface: name }) => kind === 'not-serving' && name === SEGMENT_INTERFACE),
      false,
    );
    assert.equal(JSON.stringify(room.said).includes('02:52:45:43:4f:4e'), false, 'its questions are no machine');
  });
});

describe('two sticks that serve already, and whose segments are joined', { skip: isRoot ? false : 'needs root' }, () => {
  test('one goes on, the other stops, and both say why', async () => {
    await using one = await guardedRoom(`recon-test-${process.pid}-4`);
    await using two = await guardedRoom(`recon-test-${process.pid}-5`);
    for (const room of [one, two]) await room.start();
    for (const room of [one, two]) await room.until(({ kind }) => kind === 'serving');
    await one.network.ip(one.network.far, 'link', 'add', 'join', 'type', 'veth', 'peer', 'name', 'join', 'netns', two.network.far);
    for (const { network } of [one, two]) await network.ip(network.far, 'link', 'set', 'join', 'master', 'sw', 'up');
    const stopped = await Promise.race([one, two].map((room) => room.until(({ kind }) => kind === 'not-serving').then(() => room)));
    const other = stopped === one ? two : one;
    const refused = stopped.said.findLast(({ kind, state }) => kind === 'state' && state === 'refused');
    assert.deepEqual(
      refused?.reasons?.map(({ code }) => code),
      ['other-recon'],
    );
    await other.until(({ lines }) => lines?.some((line) => line.includes('leaves the segment to this one')) === true);
    // it looks again after 3 s, and finds the other one serving
    const before = stopped.said.length;
    await stopped.until((line) => stopped.said.indexOf(line) >= before && line.state === 'refused');
    assert.match(stopped.said.findLast(({ state }) => state === 'refused')?.lines?.join(' ') ?? '', /another Recon master, and it serves/);
    assert.equal(
      other.said.some(({ kind }) => kind === 'not-serving'),
      false,
    );
  });
});

describe('two whole sticks, of which one serves', { skip: isRoot ? false : 'needs root' }, () => {
  const codes = (line: RoomLine | undefined): string[] | undefined => line?.reasons?.map(({ code }) => code);
  const rooms = [
    ['the machines of the one that serves talk, and go on when it is gone', {}, '10.77.1.7', ['10.78.0.1']],
    ['the one that serves has a subnet of its own choice', { subnet: '192.168.50.0/24' }, '192.168.50.20', ['10.77.0.1']],
  ] as const;
  for (const [at, [what, network, talker, addresses]] of rooms.entries())
    test(`${what}: the other one says only that, looks again, and takes over`, async () => {
      await using room = await guardedRoom(`recon-test-${process.pid}-${6 + at}`);
      const master = await room.start(network);
      await room.until(({ kind }) => kind === 'serving');
      await using _talk = repeatFrame(room.network, room.client, 'eth0', arp(talker, '10.77.0.1', room.clientMac));
      const second = await room.startSecond();
      const refusals = () => second.said.filter(({ state }) => state === 'refused');
      await second.until(() => refusals().length >= 2);
      assert.deepEqual(refusals().slice(0, 2).map(codes), [['other-recon'], ['other-recon']]);
      assert.equal(
        room.said.some(({ kind }) => kind === 'not-serving'),
        false,
      );
      await master.stop();
      const serving = await second.until(({ kind }) => kind === 'serving');
      assert.deepEqual(
        serving.segments?.map(({ address }) => address),
        addresses,
      );
      const quiet = second.said.findLast(({ state }) => state === 'quiet')?.lines?.join(' ') ?? '';
      if (talker === '10.77.1.7') assert.match(quiet, /Somebody has 10\.77\.1\.7 there .* served with 10\.78\.0\.0\/16/);
    });

  test('of two that serve with different subnets and are joined, one goes on', async () => {
    await using one = await guardedRoom(`recon-test-${process.pid}-8`);
    await using two = await guardedRoom(`recon-test-${process.pid}-9`);
    await Promise.all([one.start(), two.start({ subnet: '192.168.50.0/24' })]);
    await Promise.all([one, two].map((room) => room.until(({ kind }) => kind === 'serving')));
    await one.network.ip(one.network.far, 'link', 'add', 'join', 'type', 'veth', 'peer', 'name', 'join', 'netns', two.network.far);
    for (const { network } of [one, two]) await network.ip(network.far, 'link', 'set', 'join', 'master', 'sw', 'up');
    const stopped = await Promise.race([one, two].map((room) => room.until(({ kind }) => kind === 'not-serving').then(() => room)));
    const other = stopped === one ? two : one;
    assert.deepEqual(codes(stopped.said.findLast(({ state }) => state === 'refused')), ['other-recon']);
    await other.until(({ lines }) => lines?.some((line) => line.includes('leaves the segment to this one')) === true);
    assert.equal(
      other.said.some(({ kind }) => kind === 'not-serving'),
      false,
    );
  });

  test('one that only looks keeps nobody from serving, whichever begins', async () => {
    await using room = await guardedRoom(`recon-test-${process.pid}-10`);
    const second = await room.startSecond({ mode: 'look-only' });
    await second.until(({ state }) => state === 'quiet');
    await room.start();
    await room.until(({ kind }) => kind === 'serving');
    // while that one looks it "goes first", and then it serves
    const served = await second.until(({ lines }) => lines?.some((line) => line.includes('it serves the segment')) === true);
    assert.deepEqual(codes(served), ['other-recon']);
  });
});
