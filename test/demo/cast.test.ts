import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deliveredAndLost, demoCast } from '../../src/demo/cast.ts';
import { NodeRecord } from '../../src/domain/record/node-record.ts';
import { recordData } from '../../src/domain/record/record-data.ts';
import { judgeFleet, machineFacts } from '../../src/judge/judge-fleet.ts';

describe('the cast of the demo', () => {
  const cast = demoCast();

  it('is forty machines and one that never comes, the same ones each time, of several models', () => {
    assert.deepEqual(demoCast(), cast);
    const parts = Map.groupBy(cast, ({ part }) => part);
    const counted = [...parts].map(([part, machines]) => [part, machines.length] as const);
    assert.deepEqual(Object.fromEntries(counted), {
      ...{ master: 1, delivers: 37, 'stuck-at-offer': 1, 'stuck-at-root-image': 1, 'never-comes': 1 },
    });
    const products = new Set(cast.map(({ record }) => recordData(record).system?.product));
    assert.equal(products.size, 3, [...products].join(', '));
    for (const field of ['mac', 'name'] as const) assert.equal(new Set(cast.map((machine) => machine[field])).size, cast.length, field);
    for (const { record } of cast) NodeRecord.parse(record);
  });

  it('has a disk that fails, and a machine with a memory module less than its equals', () => {
    const { machines } = deliveredAndLost(cast);
    const { findings } = judgeFleet(machines.map(({ mac, record }, at) => machineFacts(mac, at, record)));
    const codes = findings.map(
      ({ machine, code, severity }) => [machines.findIndex(({ mac }) => mac === machine), code, severity] as const,
    );
    assert.ok(
      codes.some(([at, , severity]) => at === 5 && severity === 'critical'),
      JSON.stringify(codes),
    );
    const [odd, usual] = [9, 8].map((at) => recordData((machines[at] ?? assert.fail()).record)) as [object, object];
    const modules = (data: ReturnType<typeof recordData>): number | undefined => data.memory?.slotsPopulated;
    assert.equal(modules(odd), (modules(usual) ?? 0) - 1);
    assert.ok(
      codes.some(([at, code]) => at === 9 && /differ|odd|equal|memory|dimm/.test(code)),
      JSON.stringify(codes),
    );
  });

  it('was the same half a year before, but for what happens to machines', () => {
    const before = demoCast({ isLater: false });
    const both = before.filter(({ mac }) => cast.some((machine) => machine.mac === mac));
    assert.ok(both.length >= 36, `${both.length} of ${cast.length}`);
  });
});
