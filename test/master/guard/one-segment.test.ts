import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { type TestContext, test } from 'node:test';
import { NetworkSettings } from '../../../src/domain/network-settings.ts';
import { segmentRange } from '../../../src/domain/segment-range.ts';
import { type GuardOptions, startGuard } from '../../../src/master/guard/guard.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { ownTime } from '../../own-time.ts';
import { type FakeMachine, fakeMachine } from './fake-machine.ts';
import { ethernet, OTHER_MAC, udp4 } from './frames.ts';
import { until as untilItIs } from './until.ts';

const LLDP = ethernet(0x88cc, new Uint8Array(10), OTHER_MAC, '01:80:c2:00:00:0e');
const MAC = { eno1: '52:54:00:00:01:02', eno2: '52:54:00:00:01:03' };
const SAME = (name: string, other: string): string =>
  `refused ${name} is on the same segment as ${other} of this machine, which serves it.`;

/** A guard over a machine whose ports hang on one segment: what it told of each, and time that passes only while all has been heard. */
async function guarding(t: TestContext, machine: FakeMachine, change: Partial<GuardOptions> = { probeMs: 1500 }) {
  const time = ownTime(t);
  // a capture has five seconds to start, which a busy machine may need for the shell of this one
  const real = globalThis.setTimeout;
  t.mock.method(globalThis, 'setTimeout', (end: () => void, limitMs: number) => real(end, 24 * limitMs));
  const states = new Map<string, string[]>();
  const announced: string[] = [];
  const guard = await startGuard({
    ownSubnets: ['10.77.0.0/16'],
    ...change,
    log: { ...silentLog, info: (line) => announced.push(line) },
    onState: ({ interface: name, state }) => {
      const more = state.state === 'refused' ? ` ${state.reasons.map(({ sentence }) => sentence).join(' ')}` : '';
      states.set(name, [...(states.get(name) ?? []), `${state.state}${more}`]);
    },
  });
  t.after(() => guard.stop());
  const until = (condition: () => boolean | Promise<boolean>): Promise<void> => untilItIs(condition, () => time.advance(0));
  let batches = 0;
  const probesOf = async (ports: number): Promise<void> => {
    batches += ports;
    await until(async () => (await machine.batches()) >= batches);
  };
  /** who hears a switch has heard all that was sent before it */
  const heard = async (...names: (keyof typeof MAC)[]): Promise<void> => {
    await machine.carry(udp4({ sourceMac: MAC.eno2, sourceAddress: '172.16.0.9' }));
    await machine.carry(LLDP);
    await until(() => names.every((name) => announced.includes(`${name}: a switch announces itself (LLDP)`)));
  };
  /** lets the probes of these ports pass, and then the time of a probe */
  const probed = async (...names: (keyof typeof MAC)[]): Promise<void> => {
    await probesOf(names.length);
    await heard(...names);
    await time.advance(1500);
    await until(() => names.every((name) => states.get(name)?.at(-1) !== 'probing'));
  };
  return { guard, states, probed, probesOf, heard, until, time };
}

/** Draws the highest mark that the guard lets come, of so many. */
function highestMarks(t: TestContext): number[] {
  const real = crypto.randomInt;
  const ends: number[] = [];
  Object.assign(crypto, { randomInt: (end: number) => end - 1 + 0 * ends.push(end) });
  syncBuiltinESMExports();
  t.after(() => {
    Object.assign(crypto, { randomInt: real });
    syncBuiltinESMExports();
  });
  return ends;
}

test('two ports of ours on one segment: the first is served, the other says so, and our own frames are nobody else', async (t) => {
  await using machine = await fakeMachine(t, { isSegment: true });
  await machine.put('eno2', { index: 3, mac: MAC.eno2, carrier: true });
  await machine.put('eno1', { index: 2, mac: MAC.eno1, carrier: true });
  const { states, probed } = await guarding(t, machine);
  await probed('eno1', 'eno2');
  assert.deepEqual(states.get('eno1'), ['probing', 'quiet']);
  assert.deepEqual(states.get('eno2'), ['probing', SAME('eno2', 'eno1')]);
});

test('the port that serves already goes first, whatever its index is', async (t) => {
  await using machine = await fakeMachine(t, { isSegment: true });
  await machine.put('eno1', { index: 2, mac: MAC.eno1 });
  await machine.put('eno2', { index: 3, mac: MAC.eno2, carrier: true });
  const { states, probed, time } = await guarding(t, machine);
  await probed('eno2');
  assert.deepEqual(states.get('eno2'), ['probing', 'quiet']);
  await machine.put('eno1', { index: 2, mac: MAC.eno1, carrier: true, changes: 2 });
  await time.advance(500);
  await probed('eno1');
  assert.deepEqual(states.get('eno1'), ['no-link', 'probing', SAME('eno1', 'eno2')]);
  assert.deepEqual(states.get('eno2'), ['probing', 'quiet']);
});

test('a port with a lower index that is still being probed goes first, and nobody serves in its place until then', async (t) => {
  await using machine = await fakeMachine(t, { isSegment: true });
  await machine.put('eno1', { index: 2, mac: MAC.eno1 });
  await machine.put('eno2', { index: 3, mac: MAC.eno2, carrier: true });
  const { states, probesOf, heard, until, time } = await guarding(t, machine, { probeMs: 1500, pollMs: 500 });
  await probesOf(1);
  await machine.put('eno1', { index: 2, mac: MAC.eno1, carrier: true, changes: 2 });
  await time.advance(500);
  await probesOf(1);
  await heard('eno1', 'eno2');
  await time.advance(1000);
  await until(() => states.get('eno2')?.length === 2);
  assert.deepEqual(states.get('eno1'), ['no-link', 'probing']);
  assert.deepEqual(states.get('eno2'), ['probing', SAME('eno2', 'eno1')]);
});

test('a guard asks three times within ten seconds if nobody says otherwise, with the highest mark that fits as well', async (t) => {
  await using machine = await fakeMachine(t, { isSegment: true });
  await machine.put('eno1', { index: 2, mac: MAC.eno1, carrier: true });
  const marks = highestMarks(t);
  const { states, probesOf, until, time } = await guarding(t, machine, { pollMs: 60_000 });
  await probesOf(1);
  for (const nextAtMs of [2000, 5000]) {
    // the program that sends a question ends after the question is on the wire, and only then the wait for the next one begins
    await until(() => time.wakesAtMs.includes(nextAtMs));
    await time.advance(nextAtMs - time.nowMs);
    await probesOf(1);
  }
  // until the last question's program has ended too, two wait until then: it may take five seconds, as the rest of the probe does
  await until(() => time.wakesAtMs.filter((atMs) => atMs === 10_000).length === 1);
  await time.advance(4999);
  assert.deepEqual(states.get('eno1'), ['probing']);
  await time.advance(1);
  await until(() => states.get('eno1')?.length === 2);
  assert.deepEqual(states.get('eno1'), ['probing', 'quiet']);
  assert.equal(
    marks.reduce((product, below) => product * below, 1),
    2 ** 28,
    'so many that two sticks hardly draw the same',
  );
});

test('a port is offered the ranges that no other port has', async (t) => {
  await using machine = await fakeMachine(t, { isSegment: true });
  await machine.put('eno1', { index: 2, mac: MAC.eno1 });
  await machine.put('eno2', { index: 3, mac: MAC.eno2, carrier: true });
  const range = segmentRange(0, NetworkSettings.parse({})) ?? assert.fail();
  const offered: [string, number[]][] = [];
  const ranges = (name: string, others: ReadonlySet<number>) => {
    offered.push([name, [...others]]);
    return [range];
  };
  const { probed, time } = await guarding(t, machine, { probeMs: 1500, ranges });
  await probed('eno2');
  await machine.put('eno1', { index: 2, mac: MAC.eno1, carrier: true, changes: 2 });
  await time.advance(500);
  await probed('eno1');
  assert.deepEqual(offered, [
    ['eno2', []],
    ['eno1', [0]],
  ]);
});

test('no capture outlives the guard, or the port that was pulled; a port that comes back is guarded anew', async (t) => {
  await using machine = await fakeMachine(t, { isSegment: true });
  await machine.put('eno1', { index: 2, mac: MAC.eno1, carrier: true });
  await machine.put('eno2', { index: 3, mac: MAC.eno2, carrier: true });
  const { guard, states, probed, until, time } = await guarding(t, machine);
  await probed('eno1', 'eno2');
  await until(async () => (await machine.captures()).length === 1);
  await machine.pull('eno1');
  await time.advance(500);
  await until(() => states.get('eno1')?.at(-1) === 'gone');
  assert.deepEqual(await machine.captures(), []);
  await machine.put('eno1', { index: 7, mac: MAC.eno1, carrier: true });
  await time.advance(2000);
  await until(() => states.get('eno1')?.at(-1) === 'probing');
  await until(async () => (await machine.captures()).length === 1);
  await guard.stop();
  assert.deepEqual(await machine.captures(), []);
});
