import assert from 'node:assert/strict';
import { test } from 'node:test';
import { subnetSet } from '../../../src/domain/ip-address.ts';
import type { Evidence } from '../../../src/master/guard/classify.ts';
import { type Observation, observe } from '../../../src/master/guard/observe.ts';
import { decodeFrame, type Frame } from '../../../src/master/guard/packets/frame.ts';
import type { PacketCapture } from '../../../src/master/guard/packets/packet-capture.ts';
import { buildProbes } from '../../../src/master/guard/packets/probes.ts';
import { probeSegment } from '../../../src/master/guard/probe-segment.ts';
import { type WatchOptions, watch } from '../../../src/master/guard/watch.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { dhcp, OTHER_MAC, OWN_MAC, udp4 } from './frames.ts';

const PROBE_ID = 5;
const SURROUNDINGS = { ownMacs: new Set([OWN_MAC]), ownSubnets: subnetSet(['10.77.0.0/16']) };
const FOREIGN_OFFER = dhcp('reply', { sourceAddress: '192.168.1.1' });
const SERVER: Evidence = { code: 'foreign-dhcp-server', mac: OTHER_MAC, address: '192.168.1.1' };
const ownerOf = (probeId: number) => (probeId === 6 ? 'eno2' : undefined);
const observeHere = (frame: Frame): Observation | undefined =>
  observe(frame, { probeId: PROBE_ID, ownerOf, surroundings: () => SURROUNDINGS });

/** A wire in memory: what is sent is heard, as on a real one. */
function memoryWire() {
  let listener: ((frame: Frame) => void) | undefined;
  const ended = Promise.withResolvers<string>();
  const carry = (bytes: Uint8Array): void => {
    const frame = decodeFrame(bytes);
    if (frame !== undefined) listener?.(frame);
  };
  const wire: PacketCapture = {
    listen: (next) => {
      listener = next;
    },
    ended: ended.promise,
    [Symbol.asyncDispose]: async () => {},
  };
  return { wire, carry, break: ended.resolve };
}

function setting(answer: (carry: (bytes: Uint8Array) => void) => void = () => {}) {
  const memory = memoryWire();
  const sendProbes = async () => {
    buildProbes(PROBE_ID).forEach(memory.carry);
    answer(memory.carry);
  };
  return {
    ...memory,
    options: {
      probeMs: 20,
      sendProbes,
      observe: observeHere,
      isEnough: ({ code }: Evidence) => code === 'foreign-dhcp-server',
      signal: new AbortController().signal,
    },
  };
}

test('own probes heard and nothing else: nothing found', async () => {
  const { wire, options } = setting();
  assert.deepEqual(await probeSegment(wire, options), { outcome: 'probed', evidence: [] });
});

test('an answer is evidence, once, and comes before other evidence', async () => {
  const { wire, options } = setting((carry) => {
    carry(udp4({ sourceAddress: '192.168.1.1' }));
    carry(FOREIGN_OFFER);
    carry(FOREIGN_OFFER);
  });
  assert.deepEqual(await probeSegment(wire, options), {
    outcome: 'probed',
    evidence: [SERVER, { code: 'foreign-traffic', mac: OTHER_MAC, address: '192.168.1.1' }],
  });
});

test('a busy network is told by three hosts, not by all', async () => {
  const { wire, options } = setting((carry) => {
    for (let host = 1; host < 100; host++) carry(udp4({ sourceAddress: `192.168.1.${host}` }));
  });
  const result = await probeSegment(wire, options);
  assert.ok(result.outcome === 'probed');
  assert.equal(result.evidence.length, 3);
});

test('probes that are not heard: the probe has failed', async () => {
  const { wire, options } = setting();
  const result = await probeSegment(wire, { ...options, sendProbes: async () => {} });
  assert.ok(result.outcome === 'failed');
  assert.match(result.why, /discover, pxe-discover, request/);
});

test('probes that cannot be sent: the probe has failed', async () => {
  const { wire, options } = setting();
  const sendProbes = () => Promise.reject(new Error('socat is not installed'));
  assert.deepEqual(await probeSegment(wire, { ...options, sendProbes }), { outcome: 'failed', why: 'socat is not installed' });
});

test('a capture that ends: the probe has failed, at once', async () => {
  const memory = setting();
  memory.break('tcpdump ended');
  const result = await probeSegment(memory.wire, { ...memory.options, probeMs: 3_600_000 });
  assert.deepEqual(result, { outcome: 'failed', why: 'tcpdump ended' });
});

test('a probe of another interface of ours shows that both share the segment; one of a stranger like us shows that there is one', () => {
  const observed = (probeId: number) =>
    buildProbes(probeId)
      .slice(0, 3)
      .map((bytes) => observeHere(decodeFrame(bytes) as Frame));
  assert.deepEqual(observed(6), Array(3).fill({ kind: 'shared', otherInterface: 'eno2' }));
  assert.deepEqual(observed(7), Array(3).fill({ kind: 'rival', rival: { probeId: 7 } }));
});

function watching(change: Partial<WatchOptions> = {}) {
  const memory = setting();
  const told: string[] = [];
  const stop = new AbortController();
  const warnings: string[] = [];
  const end = watch(memory.wire, {
    ...memory.options,
    interface: 'eno1',
    reprobeMs: 5,
    isConflict: ({ code }) => code === 'foreign-dhcp-server',
    refusals: async () => [],
    onForeign: (reasons) => told.push(...reasons.map(({ code }) => code)),
    log: { ...silentLog, warn: (line) => warnings.push(line) },
    signal: stop.signal,
    ...change,
  });
  return { ...memory, told, stop, warnings, end };
}

test('watching: a foreign server is told within the same turn, and once', async () => {
  const { carry, told, end } = watching();
  carry(FOREIGN_OFFER);
  carry(FOREIGN_OFFER);
  assert.deepEqual(told, ['foreign-dhcp-server']);
  assert.deepEqual(await end, { end: 'foreign' });
});

test('watching: other strangers are a warning, once each', async () => {
  const { carry, told, warnings, stop, end } = watching();
  carry(udp4({ sourceAddress: '192.168.1.7' }));
  carry(udp4({ sourceAddress: '192.168.1.7' }));
  stop.abort();
  assert.deepEqual(await end, { end: 'stopped' });
  assert.deepEqual(told, []);
  assert.equal(warnings.length, 1);
});

test('watching: our own replies are no foreign server', async () => {
  const { carry, told, stop, end } = watching();
  carry(dhcp('reply', { sourceMac: OWN_MAC, sourceAddress: '10.77.0.1' }));
  stop.abort();
  assert.deepEqual(await end, { end: 'stopped' });
  assert.deepEqual(told, []);
});

test('watching: without a capture we are blind', async () => {
  const { break: breakIt, end } = watching();
  breakIt('tcpdump ended');
  assert.deepEqual(await end, { end: 'blind', why: 'tcpdump ended' });
});

test('watching: when our own questions are not heard any more we are blind', async () => {
  const { end } = watching({ hearingMs: 5, sendProbes: async () => {} });
  assert.deepEqual(await end, { end: 'blind', why: 'our own questions are not heard on the wire any more' });
});

test('watching: a reason that needs no listening ends it, too', async () => {
  const reason = { code: 'default-route', sentence: 'A route leads here.', hint: 'remove it' } as const;
  const { end, told } = watching({ refusals: async () => [reason] });
  assert.deepEqual([await end, told], [{ end: 'foreign' }, ['default-route']]);
});
