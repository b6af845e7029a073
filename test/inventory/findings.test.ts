import assert from 'node:assert/strict';
import test from 'node:test';
import { findings } from '../../src/inventory/findings.ts';
import { machineRecord } from './machine-record.ts';

const dimm = (locator: string, speed: number) => ({ locator, populated: true, ratedSpeedMtps: 3200, configuredSpeedMtps: speed });
const of = (sections: Parameters<typeof machineRecord>[0]) =>
  findings([{ name: 'm1', record: machineRecord(sections) }]).map(({ severity, code, evidence }) => [severity, code, evidence]);

test('a healthy machine has no findings', () => {
  const healthy = {
    memory: { dimms: [dimm('A1', 2933), dimm('B1', 2933), { populated: false }], controllers: [{ name: 'mc0', uncorrectedErrors: 0 }] },
    disks: [{ name: 'sda', smartPassed: true, wearPercent: 12, availableSparePercent: 100, mediaErrors: 0, reallocatedSectors: 0 }],
    pci: [
      { address: '0000:01:00.0', classId: '0200', driver: 'e1000e', link: { width: 4, maxWidth: 4, speedGtps: 5, maxSpeedGtps: 5 } },
      { address: '0000:00:1f.0', classId: '0601' },
    ],
    powerSupplies: [{ present: true, status: 'OK', plugged: true }],
    fans: [{ status: 'OK' }],
    bmc: { eventLog: { critical: 0 } },
    storage: {
      controllers: [{ id: '0', tool: 'storcli', virtualDrives: [{ id: '0', state: 'Optl' }], physicalDrives: [{ predictiveFailures: 0 }] }],
    },
  };
  assert.deepEqual(of(healthy), []);
});

test('a module that is slower than the others', () => {
  const memory = { dimms: [dimm('A1', 2933), dimm('B1', 2400), dimm('C1', 2933)] };
  assert.deepEqual(of({ memory }), [['warning', 'dimm-slow', 'memory.dimms[1].configuredSpeedMtps']]);
});

test('flash, persistent memory and empty slots are no slow modules', () => {
  const flash = { ...dimm('BIOS', 33), type: 'Flash', ratedSpeedMtps: 33 };
  const persistent = { ...dimm('P1', 2400), nonVolatileBytes: 126 * 1024 ** 3 };
  assert.deepEqual(of({ memory: { dimms: [dimm('A1', 2933), dimm('B1', 2933), flash, persistent, { populated: false }] } }), []);
});

test('two speeds in equal number have no usual one', () => {
  assert.deepEqual(of({ memory: { dimms: [dimm('A1', 2933), dimm('B1', 2400)] } }), []);
});

test('memory errors that cannot be corrected', () => {
  const memory = { dimms: [], controllers: [{ name: 'mc0', uncorrectedErrors: 2 }] };
  assert.deepEqual(of({ memory }), [['critical', 'memory-errors', 'memory.controllers[0].uncorrectedErrors']]);
});

test('failing, worn and erroneous disks, the worst first', () => {
  const disks = [
    { name: 'sda', wearPercent: 91, reallocatedSectors: 8 },
    { name: 'nvme0n1', smartPassed: false, mediaErrors: 3, availableSparePercent: 4 },
  ];
  assert.deepEqual(of({ disks }), [
    ['critical', 'disk-failing', 'disks[1].smartPassed'],
    ['warning', 'disk-worn', 'disks[0].wearPercent'],
    ['warning', 'disk-spare', 'disks[1].availableSparePercent'],
    ['warning', 'disk-errors', 'disks[1].mediaErrors'],
    ['note', 'disk-errors', 'disks[0].reallocatedSectors'],
  ]);
});

test('a RAID volume that lost a drive, and a drive that is about to go', () => {
  const controllers = [
    { id: '0', tool: 'storcli', virtualDrives: [{ id: '1', state: 'Dgrd' }], physicalDrives: [{ slot: '4', predictiveFailures: 1 }] },
  ];
  assert.deepEqual(of({ storage: { controllers } }), [
    ['critical', 'raid-degraded', 'storage.controllers[0].virtualDrives[0].state'],
    ['warning', 'disk-failing', 'storage.controllers[0].physicalDrives[0].predictiveFailures'],
  ]);
});

test('PCI: too few lanes, a slow link, no driver; a display card may save power', () => {
  const pci = [
    { address: '0000:01:00.0', classId: '0107', driver: 'mpt3sas', link: { width: 4, maxWidth: 8 } },
    { address: '0000:02:00.0', classId: '0200', driver: 'ice', link: { speedGtps: 8, maxSpeedGtps: 16 } },
    { address: '0000:03:00.0', classId: '0300', link: { speedGtps: 2.5, maxSpeedGtps: 16 } },
    { address: '0000:04:00.0', classId: '0200', vendorId: '15b3', deviceId: '1017' },
  ];
  assert.deepEqual(of({ pci }), [
    ['warning', 'pcie-degraded', 'pci[0].link'],
    ['warning', 'pci-unbound', 'pci[3].driver'],
    ['note', 'pcie-degraded', 'pci[1].link'],
  ]);
  const [, unbound] = findings([{ name: 'm1', record: machineRecord({ pci }) }]);
  assert.match(unbound?.message ?? '', /0000:04:00\.0 \(15b3:1017\) has no driver/);
});

test('power supplies, fans and the event log', () => {
  const powerSupplies = [
    { location: 'PSU1', present: false },
    { location: 'PSU2', present: true, status: 'Critical' },
    { present: true, plugged: false },
  ];
  assert.deepEqual(of({ powerSupplies, fans: [{ status: 'Critical' }], bmc: { eventLog: { critical: 2 } } }), [
    ['warning', 'psu', 'powerSupplies[1].status'],
    ['warning', 'psu', 'powerSupplies[2].plugged'],
    ['warning', 'fan', 'fans[0].status'],
    ['warning', 'sel-critical', 'bmc.eventLog.critical'],
    ['note', 'psu', 'powerSupplies[0].present'],
  ]);
});

test('sensors beyond critical limits, with their reading', () => {
  const sensors = [
    { name: 'FAN1', status: 'ok', value: 5200, unit: 'RPM' },
    { name: 'FAN2', status: 'nr', value: 0, unit: 'RPM' },
    { name: 'CPU1 Temp', status: 'nc', value: 84, unit: 'degrees C' },
    { name: 'FAN3', status: 'ns' },
  ];
  const [found, ...others] = findings([{ name: 'm1', record: machineRecord({ bmc: { sensors } }) }]);
  assert.deepEqual([found?.code, found?.evidence, others], ['sensor', 'bmc.sensors[1]', []]);
  assert.match(found?.message ?? '', /FAN2 .*: 0 RPM/);
});

test('a missing power supply is a warning where only one is left', () => {
  const severity = (fitted: number) =>
    of({ powerSupplies: [...Array.from({ length: fitted }, () => ({ present: true })), { present: false }] }).map(([level]) => level);
  assert.deepEqual([severity(1), severity(2)], [['warning'], ['note']]);
});

const fleet = (versions: string[]) =>
  versions.map((version, at) => ({
    name: `m${at}`,
    record: machineRecord({
      system: { vendor: 'Example', product: 'X1' },
      firmware: { version },
      memory: { dimms: [], installedBytes: 1024 ** 3 * (at === 0 ? 8 : 16) },
    }),
  }));

test('an odd BIOS and odd memory among equals', () => {
  assert.deepEqual(
    findings(fleet(['2.1', '2.1', '1.9', '2.1'])).map(({ machine, code, message }) => [machine, code, message]),
    [
      ['m2', 'bios-odd', 'BIOS 1.9, most other Example X1 here have 2.1'],
      ['m0', 'memory-odd', '8 GiB of memory, most other Example X1 here have 16 GiB'],
    ],
  );
});

test('two machines have no usual BIOS', () => assert.deepEqual(findings(fleet(['2.1', '1.9'])), []));
