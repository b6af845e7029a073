import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { guardEvents } from './fixtures/guard-events.ts';
import { createTestNetwork, type TestNetwork } from './fixtures/guard-network.ts';
import { guardedRoom, SEGMENT_INTERFACE } from './fixtures/guarded-room.ts';

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
    const said = await room.until(({ lines }) => lines?.some((line) => line.includes('another Recon stick')) === true);
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
    assert.match(stopped.said.findLast(({ state }) => state === 'refused')?.lines?.join(' ') ?? '', /another Recon stick, and it serves/);
    assert.equal(
      other.said.some(({ kind }) => kind === 'not-serving'),
      false,
    );
  });
});
