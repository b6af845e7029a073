import assert from 'node:assert/strict';
import test from 'node:test';
import { findings } from '../../../src/judge/findings/findings.ts';
import { machineRecord } from '../machine-record.ts';

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
    { address: '0000:02:00.0', classId: '0200', driver: 'ice', link: { width: 8, maxWidth: 8, speedGtps: 8, maxSpeedGtps: 16 } },
    { address: '0000:03:00.0', classId: '0300', link: { width: 16, maxWidth: 16, speedGtps: 2.5, maxSpeedGtps: 16 } },
    { address: '0000:04:00.0', classId: '0200', vendorId: '15b3', deviceId: '1017' },
  ];
  assert.deepEqual(of({ pci }), [
    ['warning', 'pcie-degraded', 'pci[0].link'],
    ['warning', 'pci-unbound', 'pci[3].address'],
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

test('PCI: virtual functions, the second port of a card, and a capture without drivers are no trouble of their own', () => {
  const functions = [
    { address: '0000:01:00.0', classId: '0200', driver: 'ice', link: { width: 8, maxWidth: 16 } },
    { address: '0000:01:00.1', classId: '0200', driver: 'ice', link: { width: 8, maxWidth: 16 } },
    { address: '0000:01:01.0', classId: '0200', driver: 'iavf', link: { width: 0, maxWidth: 16, speedGtps: 2.5, maxSpeedGtps: 16 } },
    { address: '0000:02:00.0', classId: '0101' },
  ];
  assert.deepEqual(of({ pci: functions }), [
    ['warning', 'pcie-degraded', 'pci[0].link'],
    ['note', 'pci-unbound', 'pci[3].address'],
  ]);
  assert.deepEqual(of({ pci: functions.map(({ address, classId }) => ({ address, classId })) }), []);
});

test('error correction that is off, and modules of unequal size', () => {
  const sized = (sizeBytes: number) => ({ populated: true, sizeBytes });
  const memory = { ecc: 'None', eccModules: true, dimms: [sized(8 * 1024 ** 3), sized(16 * 1024 ** 3)] };
  assert.deepEqual(of({ memory }), [
    ['warning', 'ecc-off', 'memory.ecc'],
    ['note', 'dimm-unequal', 'memory.dimms'],
  ]);
  assert.deepEqual(of({ memory: { ...memory, ecc: 'Multi-bit ECC', dimms: [] } }), []);
  assert.deepEqual(of({ memory: { ecc: 'None', dimms: [] } }), []);
});

test('a processor without a cure, unless it is a guest', () => {
  const vulnerabilities = { l1tf: 'Not affected', mds: 'Vulnerable: Clear CPU buffers attempted, no microcode; SMT vulnerable' };
  assert.deepEqual(of({ cpu: { vulnerabilities } }), [['note', 'cpu-vulnerable', 'cpu.vulnerabilities.mds']]);
  assert.deepEqual(of({ cpu: { vulnerabilities, hypervisor: 'KVM' } }), []);
});

test('a drive without spare blocks that says all is well is a virtual one', () => {
  const spare = (disk: object) => of({ disks: [{ name: 'nvme0n1', availableSparePercent: 0, ...disk }] }).map(([, code]) => code);
  assert.deepEqual([spare({ smartPassed: true }), spare({ smartPassed: false })], [[], ['disk-failing', 'disk-spare']]);
});

test('behind a controller: its own health, its battery, a drive that is out, and wear', () => {
  const controller = {
    id: '0',
    tool: 'storcli',
    health: 'Needs Attention',
    battery: { state: 'Failed' },
    virtualDrives: [],
    physicalDrives: [
      { slot: '1', state: 'Onln' },
      { slot: '2', state: 'Offln' },
    ],
  };
  assert.deepEqual(of({ storage: { controllers: [controller], hiddenDrives: [{ deviceId: '14', wearPercent: 97 }] } }), [
    ['warning', 'raid-controller', 'storage.controllers[0].health'],
    ['warning', 'raid-battery', 'storage.controllers[0].battery.state'],
    ['warning', 'raid-drive', 'storage.controllers[0].physicalDrives[1].state'],
    ['warning', 'disk-worn', 'storage.hiddenDrives[0].wearPercent'],
  ]);
});

test('software RAID without all its members; a spare is none', () => {
  const raid = (roles: string[]) => ({ uuid: 'u', deviceCount: 2, members: roles.map((role, at) => ({ device: `sd${at}`, role })) });
  const codes = (roles: string[]) => of({ storage: { softwareRaid: [raid(roles)] } }).map(([, code]) => code);
  assert.deepEqual(codes(['Active device 0', 'spare']), ['raid-degraded']);
  assert.deepEqual(codes(['Active device 0', 'Active device 1']), []);
});

test('the newest critical event is named, and a full log is noted', () => {
  const eventLog = { critical: 1, percentUsed: 100, newestCritical: [{ sensor: 'Power Supply 2', event: 'Failure detected' }] };
  const found = findings([{ name: 'm1', record: machineRecord({ bmc: { eventLog } }) }]);
  assert.deepEqual(
    found.map(({ code, message }) => [code, message]),
    [
      ['sel-critical', 'the event log of the BMC holds 1 critical event, the newest Power Supply 2, Failure detected'],
      ['sel-full', 'the event log of the BMC is 100 % full; new events may be lost'],
    ],
  );
});
