import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compareArrivals } from '../../src/domain/expected-machines.ts';
import type { LedgerEvent } from '../../src/domain/ledger.ts';
import { paceOf } from '../../src/domain/pace.ts';
import { countPhases, phaseOf, SILENT_MS } from '../../src/domain/phase.ts';
import { POOL_STAGES, STAGES } from '../../src/domain/stages.ts';
import { timelineOf } from '../../src/domain/timeline.ts';
import { machine, NOW_MS } from '../web/machines.ts';

const MINUTE_MS = 60_000;

describe('phases', () => {
  it('a record makes a machine done for good, a verdict or silence makes it stuck', () => {
    const stages = { kernel: new Date(NOW_MS).toISOString() };
    assert.equal(phaseOf(machine('a', { stage: 'kernel', stages, hasReceipt: true }), NOW_MS + SILENT_MS * 9), 'done');
    assert.equal(phaseOf(machine('a', { stage: 'kernel', stages }), NOW_MS + SILENT_MS), 'loading');
    assert.equal(phaseOf(machine('a', { stage: 'kernel', stages }), NOW_MS + SILENT_MS + 1), 'stuck');
    assert.equal(phaseOf(machine('a', { stage: 'offer', stages, portOf: 'b' }), NOW_MS + SILENT_MS * 9), 'done');
    assert.equal(phaseOf(machine('a', { verdict: { code: 'x', sentence: 'y', hint: 'z' } }), NOW_MS), 'stuck');
  });

  it('every stage has one, in the order of the way', () => {
    const phases = STAGES.filter((stage) => !POOL_STAGES.includes(stage)).map((stage) => phaseOf(machine('a', { stage }), NOW_MS));
    assert.deepEqual([...new Set(phases)], ['found', 'loading', 'inventorying', 'done']);
    // a pool on the stick gives a machine another system, which is all that is expected of it
    assert.deepEqual(
      POOL_STAGES.map((stage) => phaseOf(machine('a', { stage }), NOW_MS)),
      ['loading', 'done', 'done', 'loading'],
    );
    assert.deepEqual(countPhases([machine('a'), machine('b', { hasReceipt: true })], NOW_MS), {
      found: 1,
      loading: 0,
      inventorying: 0,
      done: 1,
      stuck: 0,
    });
  });
});

describe('expected machines', () => {
  const [a, b, c] = ['52:54:00:00:00:01', '52:54:00:00:00:02', '52:54:00:00:00:03'] as const;
  const seen = [
    machine(a, { hasReceipt: true, serial: 'ABC', macs: ['02:00:5e:00:53:01'] }),
    machine(b),
    machine(c, { isMaster: true, hasReceipt: true }),
  ];

  it('are found by any port or by serial number, in any spelling', () => {
    for (const listed of [{ mac: a }, { mac: '02:00:5e:00:53:01' }, { serial: ' abc ' }, { mac: '02:00:5e:00:53:99', serial: 'ABC' }]) {
      assert.deepEqual(compareArrivals({ machines: [listed] }, seen).arrived, [{ ...listed, seenAs: a }]);
    }
  });

  it('are missing, under way or arrived; the master is no surprise', () => {
    const gone = { serial: 'XYZ', name: 'rack 1' };
    const arrivals = compareArrivals({ machines: [{ mac: b }, gone] }, seen);
    assert.deepEqual(arrivals, {
      expectedCount: 2,
      arrived: [],
      underWay: [{ mac: b, seenAs: b }],
      missing: [gone],
      unexpected: [a],
      missingCount: 2,
    });
  });

  it('as a number count the master, and nobody is unexpected', () => {
    const { expectedCount, missingCount, unexpected } = compareArrivals({ count: 5 }, seen);
    assert.deepEqual([expectedCount, missingCount, unexpected], [5, 3, []]);
    assert.equal(compareArrivals({ count: 1 }, seen).missingCount, 0, 'more than expected are no debt');
  });
});

describe('pace', () => {
  it('is that of the last ten minutes', () => {
    const recent = [9, 6, 3, 1].map((minutes) => NOW_MS - minutes * MINUTE_MS);
    assert.deepEqual(paceOf([NOW_MS - 60 * MINUTE_MS, ...recent], NOW_MS, 8), { machinesPerMinute: 0.4, remainingSeconds: 1200 });
    assert.deepEqual(paceOf([NOW_MS - 2 * MINUTE_MS, NOW_MS], NOW_MS, undefined), { machinesPerMinute: 1 });
  });

  it('is unknown without a recent receipt, and never absurd', () => {
    assert.equal(paceOf([], NOW_MS, 3), undefined);
    assert.equal(paceOf([NOW_MS - 11 * MINUTE_MS], NOW_MS, 3), undefined);
    assert.equal(paceOf([NOW_MS, NOW_MS], NOW_MS, 3)?.machinesPerMinute, 2);
  });
});

describe('timeline', () => {
  const event = (seconds: number, stage: LedgerEvent['stage'], more: Partial<LedgerEvent> = {}): LedgerEvent => ({
    sequence: seconds,
    at: new Date(NOW_MS + seconds * 1000).toISOString(),
    mac: '52:54:00:00:00:01',
    stage,
    ...more,
  });

  it('puts the reports of a transfer together, with the rate between the first and the last', () => {
    const steps = timelineOf([
      event(0, 'script'),
      event(2, 'root-image', { bytes: 10_000_000, totalBytes: 50_000_000 }),
      event(4, 'root-image', { bytes: 30_000_000, totalBytes: 50_000_000 }),
      event(6, 'root-image', { bytes: 50_000_000, totalBytes: 50_000_000 }),
    ]);
    assert.deepEqual(
      steps.map(({ stage, times, bytes, bytesPerSecond }) => [stage, times, bytes, bytesPerSecond]),
      [
        ['script', 1, undefined, undefined],
        ['root-image', 3, 50_000_000, 10_000_000],
      ],
    );
    assert.deepEqual([steps[1]?.at, steps[1]?.until], [event(2, 'ack').at, event(6, 'ack').at]);
  });

  it('keeps transfers apart that take turns, and a transfer that begins anew', () => {
    const half = { bytes: 5, totalBytes: 10 };
    const whole = { bytes: 10, totalBytes: 10 };
    const steps = timelineOf([
      event(0, 'initrd', half),
      event(1, 'kernel', half),
      event(2, 'initrd', whole),
      event(3, 'kernel', whole),
      event(4, 'kernel', half),
    ]);
    assert.deepEqual(
      steps.map(({ stage, times }) => `${stage} ${times}`),
      ['initrd 2', 'kernel 2', 'kernel 1'],
    );
  });

  it('counts the renewals of a lease, and shows a second boot as one', () => {
    const lease = (from: number) => [event(from, 'request'), event(from + 1, 'ack')];
    const steps = timelineOf([
      event(0, 'discover'),
      ...lease(1),
      event(3, 'loader'),
      event(4, 'discover'),
      ...lease(5),
      event(7, 'agent'),
      ...lease(300),
      ...lease(600),
    ]);
    assert.deepEqual(
      steps.map(({ stage, times }) => `${stage} ${times}`),
      ['discover 1', 'request 1', 'ack 1', 'loader 1', 'discover 1', 'request 1', 'ack 1', 'agent 1', 'request 2', 'ack 2'],
    );
  });
});
