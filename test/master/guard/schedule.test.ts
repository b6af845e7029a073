import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Evidence } from '../../../src/master/guard/classify.ts';
import type { Observation } from '../../../src/master/guard/observe.ts';
import type { Frame } from '../../../src/master/guard/packets/frame.ts';
import { PROBE_KINDS } from '../../../src/master/guard/packets/probes.ts';
import { probeSegment } from '../../../src/master/guard/probe-segment.ts';
import { wait } from '../../../src/master/guard/wait.ts';
import { watch } from '../../../src/master/guard/watch.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { type OwnTime, ownTime } from '../../own-time.ts';

const SERVER: Evidence = { code: 'foreign-dhcp-server', mac: '52:54:00:aa:bb:cc', address: '192.168.1.1' };
const HOST = (number: number): Evidence => ({ code: 'foreign-traffic', mac: '52:54:00:aa:bb:cc', address: `192.168.1.${number}` });
const FRAME: Frame = { source: '52:54:00:aa:bb:cc', destination: '', vlanIds: [], etherType: 0, payload: { kind: 'other' } };

/** A segment on which is heard what the test says; what is sent is noted with its time, and heard unless `isDeaf`. */
function segment(time: OwnTime, given: { isDeaf?: boolean } = {}) {
  let { isDeaf = false } = given;
  let listener: ((frame: Frame) => void) | undefined;
  let heard: Observation | undefined;
  const sentAtMs: number[] = [];
  const ended = Promise.withResolvers<string>();
  const stop = new AbortController();
  const hear = (seen: Observation): void => {
    heard = seen;
    listener?.(FRAME);
  };
  const fallSilent = (): void => {
    isDeaf = true;
  };
  const capture = {
    listen: (next: typeof listener) => {
      listener = next;
    },
    ended: ended.promise,
    [Symbol.asyncDispose]: async () => {},
  };
  const options = {
    sendProbes: async () => {
      sentAtMs.push(time.nowMs);
      if (!isDeaf) for (const probe of PROBE_KINDS) hear({ kind: 'own-probe', probe });
    },
    observe: () => heard,
    signal: stop.signal,
  };
  const evidence = (one: Evidence): void => hear({ kind: 'evidence', evidence: one });
  return { capture, options, sentAtMs, hear, fallSilent, evidence, stop, end: ended.resolve, isHeard: () => listener !== undefined };
}

/** The result, and when it came. */
function settled<T>(time: OwnTime, promise: Promise<T>): { result: T | undefined; atMs: number | undefined } {
  const found: { result: T | undefined; atMs: number | undefined } = { result: undefined, atMs: undefined };
  void promise.then((result) => {
    found.result = result;
    found.atMs = time.nowMs;
  });
  return found;
}

test('probes go out at once, after two seconds and after five, as far as there is time', async (t) => {
  const time = ownTime(t);
  for (const [probeMs, expected] of [
    [10_000, [0, 2000, 5000]],
    [5000, [0, 2000]],
    [2001, [0, 2000]],
    [2000, [0]],
  ] as const) {
    const startMs = time.nowMs;
    const here = segment(time);
    const found = settled(time, probeSegment(here.capture, { ...here.options, probeMs, isEnough: () => false }));
    await time.advance(probeMs - 1);
    assert.equal(found.result, undefined, 'it listens to the end');
    await time.advance(1);
    assert.deepEqual(found.result, { outcome: 'probed', evidence: [] });
    assert.deepEqual(
      here.sentAtMs.map((atMs) => atMs - startMs),
      expected,
    );
    assert.equal(here.isHeard(), false);
  }
});

test('after a server only the rest of the story is waited for, and nothing more is sent', async (t) => {
  const time = ownTime(t);
  const here = segment(time);
  const isEnough = ({ code }: Evidence): boolean => code === 'foreign-dhcp-server';
  const found = settled(time, probeSegment(here.capture, { ...here.options, probeMs: 10_000, isEnough }));
  await time.advance(100);
  here.evidence(HOST(7));
  await time.advance(100);
  here.evidence(SERVER);
  await time.advance(1499);
  here.evidence(HOST(8));
  assert.equal(found.result, undefined);
  await time.advance(1);
  assert.deepEqual(found.result, { outcome: 'probed', evidence: [SERVER, HOST(7), HOST(8)] });
  assert.equal(found.atMs, 1700);
  await time.advance(10_000);
  assert.deepEqual(here.sentAtMs, [0]);
});

test('of each kind three are enough, and one kind does not keep another out', async (t) => {
  const time = ownTime(t);
  const here = segment(time);
  const found = settled(time, probeSegment(here.capture, { ...here.options, probeMs: 1000, isEnough: () => false }));
  await time.advance(1);
  for (let number = 1; number <= 5; number += 1) here.evidence(HOST(number));
  here.evidence({ code: 'router-advertisement', mac: SERVER.mac, address: 'fe80::1' });
  here.evidence({ code: 'tagged-frames', mac: SERVER.mac, vlanId: 3 });
  here.evidence({ code: 'address-taken', mac: SERVER.mac, address: '10.77.0.1' });
  here.evidence({ code: 'foreign-dhcp6-server', mac: SERVER.mac, address: 'fe80::1' });
  here.evidence({ code: 'foreign-pxe-server', mac: SERVER.mac, address: undefined });
  here.evidence(SERVER);
  await time.advance(1000);
  assert.deepEqual(found.result?.outcome === 'probed' && found.result.evidence.map(({ code }) => code), [
    'foreign-dhcp-server',
    'foreign-pxe-server',
    'foreign-dhcp6-server',
    'address-taken',
    'tagged-frames',
    'router-advertisement',
    ...Array(3).fill('foreign-traffic'),
  ]);
});

test('of addresses of our ranges all count, up to sixty-four of them, each once', async (t) => {
  const time = ownTime(t);
  const here = segment(time);
  const found = settled(time, probeSegment(here.capture, { ...here.options, probeMs: 1000, isEnough: () => false }));
  await time.advance(1);
  for (let number = 1; number <= 70; number += 1)
    for (let turn = 0; turn < 2; turn += 1) here.evidence({ code: 'range-used', mac: SERVER.mac, address: `10.77.0.${number}` });
  await time.advance(1000);
  assert.deepEqual(
    found.result?.outcome === 'probed' && found.result.evidence.map((one) => 'address' in one && one.address),
    Array.from({ length: 64 }, (_none, at) => `10.77.0.${at + 1}`),
  );
});

test('the first failure is told; evidence counts also where something failed', async (t) => {
  const time = ownTime(t);
  const here = segment(time);
  const sendProbes = async (): Promise<void> => {
    here.end('tcpdump ended');
    throw new Error('socat ended');
  };
  const options = { ...here.options, sendProbes, probeMs: 10_000, isEnough: () => false };
  const failed = settled(time, probeSegment(here.capture, options));
  await time.advance(0);
  assert.deepEqual(failed.result, { outcome: 'failed', why: 'tcpdump ended' });
  const later = segment(time);
  const seen = settled(time, probeSegment(later.capture, { ...later.options, probeMs: 10_000, isEnough: () => false }));
  await time.advance(1);
  later.evidence(SERVER);
  later.end('tcpdump ended');
  await time.advance(0);
  assert.deepEqual(seen.result, { outcome: 'probed', evidence: [SERVER] });
});

test('each kind of question must be heard, and what is being sent is waited for', async (t) => {
  const time = ownTime(t);
  const here = segment(time, { isDeaf: true });
  const sent = Promise.withResolvers<void>();
  const options = { ...here.options, sendProbes: () => sent.promise, probeMs: 1000, isEnough: () => false };
  const found = settled(time, probeSegment(here.capture, options));
  await time.advance(500);
  for (const probe of PROBE_KINDS.slice(1)) here.hear({ kind: 'own-probe', probe });
  await time.advance(500);
  assert.equal(found.result, undefined, 'something is still being sent there');
  sent.resolve();
  await time.advance(0);
  assert.deepEqual(found.result, { outcome: 'failed', why: 'our own questions (discover) were not seen on the wire' });
});

test('who may be one of ours is asked once more, and has a moment behind the end to say so', async (t) => {
  const time = ownTime(t);
  const here = segment(time);
  const mayExplainItself = ({ code }: Evidence): boolean => code === 'router-advertisement';
  const router: Evidence = { code: 'router-advertisement', mac: '52:54:00:aa:bb:cc', address: 'fe80::1' };
  const found = settled(time, probeSegment(here.capture, { ...here.options, probeMs: 10_000, isEnough: () => false, mayExplainItself }));
  await time.advance(9000);
  here.evidence(HOST(1));
  here.evidence(router);
  here.evidence(router);
  await time.advance(1499);
  assert.deepEqual([here.sentAtMs, found.result], [[0, 2000, 5000, 9000], undefined]);
  here.evidence({ code: 'other-recon', serves: true });
  await time.advance(1);
  assert.deepEqual(found.result, { outcome: 'probed', evidence: [{ code: 'other-recon', serves: true }, router, HOST(1)] });
});

/** A watch over a segment, and what it told. */
function watched(
  time: OwnTime,
  { reprobeMs = 60_000, isDeaf = false, ...change }: { reprobeMs?: number; isDeaf?: boolean; sendProbes?: () => Promise<void> } = {},
) {
  const here = segment(time, { isDeaf });
  const told: string[] = [];
  const warnings: string[] = [];
  let refusals: { code: 'default-route'; sentence: string; hint: string }[] = [];
  const found = settled(
    time,
    watch(here.capture, {
      ...here.options,
      ...change,
      interface: 'eno1',
      reprobeMs,
      isConflict: ({ code }) => code === 'foreign-dhcp-server',
      refusals: async () => refusals,
      onForeign: (reasons) => told.push(...reasons.map(({ code }) => code)),
      log: { ...silentLog, warn: (line) => warnings.push(line) },
    }),
  );
  const refuse = (): void => {
    refusals = [{ code: 'default-route', sentence: 's', hint: 'h' }];
  };
  return { ...here, told, warnings, found, refuse };
}

test('a watch asks every ten seconds at first, and then as often as it is told to', async (t) => {
  const time = ownTime(t);
  const { sentAtMs, stop, found } = watched(time);
  await time.advance(250_000);
  assert.deepEqual(
    sentAtMs.map((atMs) => atMs / 1000),
    [10, 20, 30, 40, 50, 60, 70, 130, 190, 250],
  );
  stop.abort();
  await time.advance(0);
  assert.deepEqual(found, { result: { end: 'stopped' }, atMs: 250_000 });
  await time.advance(1_000_000);
  assert.equal(sentAtMs.length, 10, 'nothing is sent behind its end');
});

test('who wants to be asked more often is, from the start', async (t) => {
  const time = ownTime(t);
  const { sentAtMs, stop } = watched(time, { reprobeMs: 4000 });
  await time.advance(12_000);
  assert.deepEqual(sentAtMs, [4000, 8000, 12_000]);
  stop.abort();
});

test('a watch that hears none of three questions within five seconds each is blind', async (t) => {
  const time = ownTime(t);
  const { sentAtMs, found } = watched(time, { isDeaf: true });
  await time.advance(24_999);
  assert.equal(found.result, undefined);
  assert.deepEqual(sentAtMs, [10_000, 15_000, 20_000]);
  await time.advance(1);
  assert.deepEqual(found.result, { end: 'blind', why: 'our own questions are not heard on the wire any more' });
});

test('a question that is lost is asked once more, and the watch goes on', async (t) => {
  const time = ownTime(t);
  const { sentAtMs, found, hear, stop } = watched(time, { isDeaf: true });
  await time.advance(16_000);
  hear({ kind: 'own-probe', probe: PROBE_KINDS[0] });
  await time.advance(9000);
  assert.equal(found.result, undefined);
  assert.deepEqual(sentAtMs, [10_000, 15_000]);
  stop.abort();
});

test('a program of ours that is late is given two more chances, and the watch goes on', async (t) => {
  const time = ownTime(t);
  const late = [true, true, false];
  const { found, hear, stop } = watched(time, {
    sendProbes: async () => {
      if (late.shift() === true) throw new Error('socat took longer than 15 s');
      hear({ kind: 'own-probe', probe: PROBE_KINDS[0] });
    },
  });
  await time.advance(19_000);
  assert.deepEqual([found.result, late], [undefined, []]);
  stop.abort();
});

test('a program of ours that fails each time is the end of the watch', async (t) => {
  const time = ownTime(t);
  const fails = async (): Promise<void> => {
    throw new Error('socat is not installed');
  };
  const { found } = watched(time, { sendProbes: fails });
  await time.advance(13_999);
  assert.equal(found.result, undefined);
  await time.advance(1);
  assert.deepEqual(found.result, { end: 'blind', why: 'socat is not installed' });
});

test('to have heard one question does not help the next', async (t) => {
  const time = ownTime(t);
  const { found, fallSilent } = watched(time);
  await time.advance(15_000);
  fallSilent();
  await time.advance(19_999);
  assert.equal(found.result, undefined);
  await time.advance(1);
  assert.deepEqual(found, { result: { end: 'blind', why: 'our own questions are not heard on the wire any more' }, atMs: 35_000 });
});

test('a watch is over when nothing is being sent any more', async (t) => {
  const time = ownTime(t);
  const sent = Promise.withResolvers<void>();
  const { found, evidence } = watched(time, { sendProbes: () => sent.promise });
  await time.advance(10_000);
  evidence(SERVER);
  await time.advance(0);
  assert.equal(found.result, undefined);
  sent.resolve();
  await time.advance(0);
  assert.deepEqual(found.result, { end: 'foreign' });
});

test('a watch ends at a server, and at a reason that needs no listening; each is told once', async (t) => {
  const time = ownTime(t);
  const one = watched(time);
  await time.advance(1);
  one.evidence(SERVER);
  one.evidence(SERVER);
  await time.advance(0);
  assert.deepEqual([one.found.result, one.told], [{ end: 'foreign' }, ['foreign-dhcp-server']]);
  const two = watched(time);
  await time.advance(1);
  two.refuse();
  await time.advance(10_000);
  assert.deepEqual([two.found.result, two.told, two.sentAtMs], [{ end: 'foreign' }, ['default-route'], []]);
});

test('a hundred strangers are named, and no more', async (t) => {
  const time = ownTime(t);
  const { evidence, warnings, stop } = watched(time);
  await time.advance(1);
  for (let turn = 0; turn < 2; turn += 1) for (let number = 1; number <= 150; number += 1) evidence(HOST(number));
  assert.equal(warnings.length, 100);
  assert.match(warnings[0] ?? '', /^On eno1 a machine uses an address that is not from here: 192\.168\.1\.1,/);
  stop.abort();
  await time.advance(0);
});

test('a watch that is over before it begins has stopped', async (t) => {
  const time = ownTime(t);
  const here = segment(time);
  here.stop.abort();
  const end = await watch(here.capture, {
    ...here.options,
    interface: 'eno1',
    reprobeMs: 1000,
    isConflict: () => true,
    refusals: async () => [],
    onForeign: () => assert.fail('it is over'),
    log: silentLog,
  });
  assert.deepEqual(end, { end: 'stopped' });
});

test('a wait ends early without an error, and only then', async (t) => {
  const time = ownTime(t);
  const signal = new AbortController();
  const [early, whole] = [settled(time, wait(1000, signal.signal)), settled(time, wait(500, new AbortController().signal))];
  await time.advance(499);
  assert.deepEqual([early.atMs, whole.atMs], [undefined, undefined]);
  await time.advance(1);
  assert.deepEqual([early.atMs, whole.atMs], [undefined, 500]);
  signal.abort();
  await time.advance(0);
  assert.equal(early.atMs, 500);
});
