import assert from 'node:assert/strict';
import test from 'node:test';
import { findings } from '../../../src/judge/findings/findings.ts';
import { machineRecord } from '../machine-record.ts';

type Sections = Parameters<typeof machineRecord>[0];
const GIB = 1024 ** 3;
const said = (sections: Sections): string[] =>
  findings([{ name: 'm1', record: machineRecord(sections) }]).map(({ evidence, message }) => `${evidence}: ${message}`);
const controller = (more: object): Sections => ({
  storage: { controllers: [{ id: '0', tool: 'storcli', model: 'PERC H730', virtualDrives: [], physicalDrives: [], ...more }] },
});
const software = (more: object): Sections => ({
  storage: { softwareRaid: [{ uuid: '1f2e', deviceCount: 3, members: [{ device: 'sda1', role: 'Active device 0' }], ...more }] },
});

/** What a person reads, whole; a finding without its words is of no use to anybody. */
const rows: readonly [sections: Sections, ...said: string[]][] = [
  [
    { disks: [{ name: 'sda', model: 'ST4000', serial: 'Z1', smartPassed: false, availableSparePercent: 3 }] },
    'disks[0].smartPassed: disk sda ST4000 Z1 says that it is failing',
    'disks[0].availableSparePercent: disk sda ST4000 Z1 has 3 % of its spare blocks left',
  ],
  [
    {
      disks: [
        { name: 'sda', predictiveFailures: 1, wearPercent: 80, mediaErrors: 1, pendingSectors: 1, reallocatedSectors: 1, grownDefects: 1 },
      ],
    },
    'disks[0].predictiveFailures: disk sda is expected to fail by its controller',
    'disks[0].wearPercent: disk sda has used 80 % of its rated endurance',
    'disks[0].mediaErrors: disk sda counted 1 media error',
    'disks[0].pendingSectors: disk sda has 1 sector that it cannot read',
    'disks[0].reallocatedSectors: disk sda has replaced 1 sector',
    'disks[0].grownDefects: disk sda has 1 grown defect',
  ],
  [
    { disks: [{ name: 'sda', mediaErrors: 2, pendingSectors: 2, reallocatedSectors: 2, grownDefects: 2 }] },
    'disks[0].mediaErrors: disk sda counted 2 media errors',
    'disks[0].pendingSectors: disk sda has 2 sectors that it cannot read',
    'disks[0].reallocatedSectors: disk sda has replaced 2 sectors',
    'disks[0].grownDefects: disk sda has 2 grown defects',
  ],
  [
    controller({ health: 'Degraded', battery: { state: 'Missing' }, virtualDrives: [{ id: '7', state: 'Dgrd' }] }),
    'storage.controllers[0].virtualDrives[0].state: RAID volume 7 of controller 0 PERC H730 is Dgrd',
    'storage.controllers[0].health: controller 0 PERC H730 is Degraded',
    'storage.controllers[0].battery.state: the battery of controller 0 PERC H730 is Missing',
  ],
  [
    controller({ physicalDrives: [{ enclosure: '32', slot: '4', model: 'ST4', serial: 'Z4', state: 'Failed', predictiveFailures: 2 }] }),
    'storage.controllers[0].physicalDrives[0].state: drive 32:4 ST4 Z4 of controller 0 PERC H730 is Failed',
    'storage.controllers[0].physicalDrives[0].predictiveFailures: drive 32:4 ST4 Z4 of controller 0 PERC H730 is expected to fail by its controller',
  ],
  [
    controller({ model: undefined, physicalDrives: [{ slot: '4', state: 'Failed' }] }),
    'storage.controllers[0].physicalDrives[0].state: drive 4 of controller 0 is Failed',
  ],
  [
    { storage: { hiddenDrives: [{ deviceId: '14', serial: 'Z9', mediaErrors: 3 }] } },
    'storage.hiddenDrives[0].mediaErrors: drive 14 Z9 counted 3 media errors',
  ],
  [software({}), 'storage.softwareRaid[0].members: software RAID 1f2e has 1 of 3 members here'],
  [software({ name: 'md0', level: 'raid5' }), 'storage.softwareRaid[0].members: software RAID md0 raid5 has 1 of 3 members here'],
  [
    {
      pci: [
        { address: '0000:01:00.0', classId: '0107', class: 'SAS', vendor: 'LSI', driver: 'x', link: { width: 4, maxWidth: 8 } },
        {
          address: '0000:02:00.0',
          classId: '0200',
          class: 'Ethernet',
          vendor: 'Intel',
          device: 'X710',
          driver: 'x',
          link: { width: 8, maxWidth: 8, speedGtps: 5, maxSpeedGtps: 8 },
        },
        { address: '0000:03:00.0', classId: '0c04' },
      ],
    },
    'pci[0].link: 0000:01:00.0 LSI SAS uses 4 of 8 PCI Express lanes',
    'pci[2].address: 0000:03:00.0 (????:????) has no driver: what hangs on it is not in the record',
    'pci[1].link: 0000:02:00.0 Intel X710 runs at 5 of 8 GT/s',
  ],
  [
    {
      powerSupplies: [
        { location: 'PSU 1', name: 'x', present: true, plugged: false },
        { location: 'Bay A', present: true, status: 'Non-critical' },
        { name: 'Main power', present: true, status: 'Critical' },
        { present: false },
      ],
    },
    'powerSupplies[0].plugged: PSU 1 has no mains',
    'powerSupplies[1].status: power supply Bay A is Non-critical',
    'powerSupplies[2].status: Main power is Critical',
    'powerSupplies[3].present: power supply number 4 is not there',
  ],
  [
    { fans: [{ status: 'OK' }, { status: 'Critical' }, { description: 'CPU fan', status: 'Non-recoverable' }] },
    'fans[1].status: fan 2 is Critical',
    'fans[2].status: fan CPU fan is Non-recoverable',
  ],
  [
    {
      bmc: {
        sensors: [
          { name: 'Temp', status: 'ucr', value: 97 },
          { name: 'Intrusion', status: 'cr', text: 'open' },
          { name: 'Fan 1', status: 'lnr' },
        ],
        eventLog: { critical: 3, percentUsed: 95, newestCritical: [{ sensor: 'PSU', event: 'Power lost', time: '2026-01-02T03:04:05Z' }] },
      },
    },
    'bmc.sensors[0]: sensor Temp is beyond its critical limit: 97',
    'bmc.sensors[1]: sensor Intrusion is beyond its critical limit: open',
    'bmc.sensors[2]: sensor Fan 1 is beyond its critical limit',
    'bmc.eventLog.critical: the event log of the BMC holds 3 critical events, the newest PSU, Power lost, 2026-01-02T03:04:05Z',
    'bmc.eventLog.percentUsed: the event log of the BMC is 95 % full; new events may be lost',
  ],
  [{ bmc: { eventLog: { critical: 1 } } }, 'bmc.eventLog.critical: the event log of the BMC holds 1 critical event'],
  [
    {
      cpu: {
        microcode: '0x2b',
        vulnerabilities: { spec_store_bypass: 'Vulnerable', l1tf: 'Not affected', mds: 'Vulnerable: no microcode' },
      },
    },
    'cpu.vulnerabilities.spec_store_bypass: the processor is open to spec store bypass, mds (microcode 0x2b); newer firmware may help',
  ],
  [{ cpu: { vulnerabilities: { mds: 'Vulnerable' } } }, 'cpu.vulnerabilities.mds: the processor is open to mds; newer firmware may help'],
  [
    {
      memory: {
        ecc: 'None',
        eccModules: true,
        controllers: [{ name: 'mc0' }, { name: 'mc1', uncorrectedErrors: 1 }],
        dimms: [
          { populated: true, sizeBytes: 8 * GIB, ratedSpeedMtps: 3200, configuredSpeedMtps: 2933 },
          { populated: true, sizeBytes: 16 * GIB, ratedSpeedMtps: 3200, configuredSpeedMtps: 2933 },
          { populated: true, sizeBytes: 16 * GIB, ratedSpeedMtps: 2933, configuredSpeedMtps: 2400 },
          { populated: true },
          { populated: false, sizeBytes: 0 },
        ],
      },
    },
    'memory.controllers[1].uncorrectedErrors: mc1 counted 1 uncorrected memory errors since this boot',
    'memory.ecc: the modules have check bits, but the firmware says that no error is corrected',
    'memory.dimms[2].ratedSpeedMtps: memory module number 3 is made for 2933 MT/s, most others here 3200 MT/s',
    'memory.dimms[2].configuredSpeedMtps: memory module number 3 runs at 2400 MT/s, most others here 2933 MT/s',
    'memory.dimms: memory modules of unequal size: 1 × 8 GiB, 2 × 16 GiB',
  ],
  [
    { nics: [{ name: 'eno1', firmwareLldpAgent: true, linkUp: true }] },
    "nics[0].firmwareLldpAgent: eno1 has a link and no neighbour: the card's own LLDP agent keeps the switch's frames from the inventory",
  ],
];

for (const [sections, ...expected] of rows) test(expected[0] ?? '', () => assert.deepEqual(said(sections), expected));

test('a slow module is named by its place, else its bank, else its handle', () => {
  const slow = (names: object): string =>
    said({
      memory: {
        dimms: [
          { populated: true, configuredSpeedMtps: 2400, ...names },
          ...[1, 2].map(() => ({ populated: true, configuredSpeedMtps: 2933 })),
        ],
      },
    })[0]?.replace(/^.*memory module (.*) runs at.*$/, '$1') ?? '';
  const all = { locator: 'A1', bankLocator: 'Bank 0', handle: '0x0011' };
  assert.equal(slow(all), 'A1');
  assert.equal(slow({ ...all, locator: undefined }), 'Bank 0');
  assert.equal(slow({ handle: '0x0011' }), '0x0011');
});
