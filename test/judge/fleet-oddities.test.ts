import assert from 'node:assert/strict';
import test from 'node:test';
import { type FleetFacts, findFleetOddities, fleetFacts } from '../../src/judge/fleet-oddities.ts';
import { machineRecord } from './machine-record.ts';

const GiB = 1024 ** 3;
const machines = (...rows: Partial<FleetFacts>[]): FleetFacts[] =>
  rows.map((row, at) => ({ name: `m${at}`, model: 'Example X1', firmwareVersion: undefined, installedBytes: undefined, ...row }));

test('what is taken from a record', () => {
  const sections = {
    system: { vendor: 'Example', product: 'X1' },
    firmware: { version: '2.1' },
    memory: { dimms: [], installedBytes: GiB },
  };
  assert.deepEqual(fleetFacts('m1', machineRecord(sections)), {
    ...{ name: 'm1', model: 'Example X1', firmwareVersion: '2.1', installedBytes: GiB },
  });
  assert.equal(fleetFacts('m1', machineRecord({ system: { product: 'X1' } })).model, 'X1');
  assert.equal(fleetFacts('m1', machineRecord({ system: { vendor: 'Example' } })).model, undefined);
});

test('another BIOS than that of most', () => {
  assert.deepEqual(findFleetOddities(machines({ firmwareVersion: '2.1' }, { firmwareVersion: '2.1' }, { firmwareVersion: '1.9' })), [
    {
      machine: 'm2',
      severity: 'warning',
      code: 'bios-odd',
      message: 'BIOS 1.9, most other Example X1 here have 2.1',
      evidence: 'firmware.version',
    },
  ]);
});

for (const [gib, severity] of [
  [8, 'warning'],
  [32, 'note'],
] as const) {
  test(`${gib} GiB where most have 16 is a ${severity}`, () => {
    const usual = { installedBytes: 16 * GiB };
    assert.deepEqual(findFleetOddities(machines(usual, { installedBytes: gib * GiB }, usual)), [
      {
        machine: 'm1',
        severity,
        code: 'memory-odd',
        message: `${gib} GiB of memory, most other Example X1 here have 16 GiB`,
        evidence: 'memory.installedBytes',
      },
    ]);
  });
}

test('two machines have no usual one, nor have machines of which nothing is known, of different models or of none', () => {
  const [odd, usual] = [{ firmwareVersion: '1.9' }, { firmwareVersion: '2.1' }];
  assert.deepEqual(findFleetOddities(machines(usual, odd)), []);
  assert.deepEqual(findFleetOddities(machines(usual, usual, {}, {})), []);
  assert.deepEqual(findFleetOddities(machines(usual, usual, { ...odd, model: 'Example X2' })), []);
  assert.deepEqual(findFleetOddities(machines(usual, usual, odd).map((machine) => ({ ...machine, model: undefined }))), []);
});

test('a machine of which nothing is known is not odd', () => {
  const usual = { firmwareVersion: '2.1' };
  assert.deepEqual(findFleetOddities(machines(usual, usual, usual, {})), []);
});
