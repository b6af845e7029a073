import assert from 'node:assert/strict';
import test from 'node:test';
import { findings } from '../../../src/judge/findings/findings.ts';
import { machineRecord } from '../machine-record.ts';

type Sections = Parameters<typeof machineRecord>[0];
const of = (sections: Sections): string[] =>
  findings([{ name: 'm1', record: machineRecord(sections) }]).map(({ severity, code }) => `${severity} ${code}`);
const disk = (fields: object): Sections => ({ disks: [{ name: 'sda', ...fields }] });
const pci = (...functions: object[]): Sections => ({
  pci: functions.map((one, at) => ({ address: `0000:0${at}:00.0`, classId: '0200', driver: 'x', ...one })),
});
const link = (width: number, maxWidth: number, speedGtps?: number, maxSpeedGtps?: number) => ({
  link: { width, maxWidth, ...(speedGtps === undefined ? {} : { speedGtps }), ...(maxSpeedGtps === undefined ? {} : { maxSpeedGtps }) },
});

/** On both sides of each limit. */
const rows: readonly [what: string, sections: Sections, ...found: string[]][] = [
  ['79 % worn', disk({ wearPercent: 79 })],
  ['80 % worn', disk({ wearPercent: 80 }), 'warning disk-worn'],
  ['11 % spare', disk({ availableSparePercent: 11 })],
  ['10 % spare', disk({ availableSparePercent: 10 }), 'warning disk-spare'],
  ['1 % spare', disk({ availableSparePercent: 1 }), 'warning disk-spare'],
  ['no spare, and no test', disk({ availableSparePercent: 0 })],
  ['no errors', disk({ predictiveFailures: 0, mediaErrors: 0, pendingSectors: 0, reallocatedSectors: 0, grownDefects: 0 })],
  ['one media error', disk({ mediaErrors: 1 }), 'warning disk-errors'],
  ['one pending sector', disk({ pendingSectors: 1 }), 'warning disk-errors'],
  ['one reallocated sector', disk({ reallocatedSectors: 1 }), 'note disk-errors'],
  ['one grown defect', disk({ grownDefects: 1 }), 'note disk-errors'],
  ['an event log that is 94 % full', { bmc: { eventLog: { percentUsed: 94 } } }],
  ['an event log that is 95 % full', { bmc: { eventLog: { percentUsed: 95 } } }, 'note sel-full'],
  ['a BMC without event log', { bmc: { mac: '00:25:90:00:00:aa' } }],
  ['a warning limit only', { bmc: { sensors: [{ name: 'T', status: 'unc' }, { name: 'U' }] } }],
  ['all lanes', pci(link(8, 8, 8, 8))],
  ['one lane of two', pci(link(1, 2)), 'warning pcie-degraded'],
  ['32 lanes', pci(link(16, 32)), 'warning pcie-degraded'],
  ['more lanes than there are', pci(link(16, 63))],
  ['a link of one lane that is slow', pci(link(1, 1, 2.5, 5)), 'note pcie-degraded'],
  ['no lane: a virtual function', pci(link(0, 16, 2.5, 5))],
  ['a link that says nothing of its width', pci({ link: { maxWidth: 8, speedGtps: 2.5, maxSpeedGtps: 5 } })],
  ['a link that says nothing of its greatest width', pci({ link: { width: 8 } })],
  ['a speed without its greatest', pci(link(8, 8, 2.5))],
  ['a display card that saves power', pci({ classId: '0300', ...link(16, 16, 2.5, 16) })],
  ['a display card with few lanes', pci({ classId: '0300', ...link(8, 16) }), 'warning pcie-degraded'],
  ['a bridge with few lanes', pci({ classId: '0604', ...link(8, 16) })],
  ['nothing known of the class', pci({ classId: undefined, ...link(8, 16) })],
  ['an unknown class without driver', pci({}, { classId: undefined, driver: undefined })],
  ['a network card without driver', pci({}, { driver: undefined }), 'warning pci-unbound'],
  ['InfiniBand without driver', pci({}, { classId: '0c06', driver: undefined }), 'warning pci-unbound'],
  ['USB without driver', pci({}, { classId: '0c03', driver: undefined })],
  ['an old IDE controller without driver', pci({}, { classId: '0101', driver: undefined }), 'note pci-unbound'],
  ['a class that only ends like IDE', pci({}, { classId: '020101', driver: undefined }), 'warning pci-unbound'],
  ['a slow link and no driver', pci({}, { driver: undefined, ...link(4, 8) }), 'warning pcie-degraded', 'warning pci-unbound'],
  ['memory controllers that count no errors', { memory: { dimms: [], controllers: [{ name: 'mc0' }] } }],
  ['modules of equal size', { memory: { dimms: [8, 8].map((size) => ({ populated: true, sizeBytes: size })) } }],
  [
    'a slot of another size is empty',
    {
      memory: {
        dimms: [
          { populated: true, sizeBytes: 8 },
          { populated: false, sizeBytes: 4 },
        ],
      },
    },
  ],
  ['a module of unknown size', { memory: { dimms: [{ populated: true, sizeBytes: 8 }, { populated: true }] } }],
  [
    'flash that is slow does not make a majority',
    {
      memory: {
        dimms: [
          { populated: true, configuredSpeedMtps: 2933 },
          { populated: true, configuredSpeedMtps: 2400 },
          { populated: true, configuredSpeedMtps: 2933, type: 'Flash' },
        ],
      },
    },
  ],
  ['a guest', { cpu: { hypervisor: 'KVM', vulnerabilities: { mds: 'Vulnerable' } } }],
  ['a card that listens itself, without link', { nics: [{ name: 'eno1', firmwareLldpAgent: true, linkUp: false }] }],
  [
    'a card that listens itself, with neighbour',
    { nics: [{ name: 'eno1', firmwareLldpAgent: true, linkUp: true, lldp: [{ chassisName: 'sw1' }] }] },
  ],
  ['a card that hands its frames on', { nics: [{ name: 'eno1', firmwareLldpAgent: false, linkUp: true }] }],
];

for (const [what, sections, ...expected] of rows) {
  test(`${what}: ${expected.length === 0 ? 'no finding' : expected.join(', ')}`, () => assert.deepEqual(of(sections), expected));
}

test('each trouble of a card counts once for the card, and the second card has its own', () => {
  const functions = [
    { address: '0000:01:00.0', classId: '0200', ...link(4, 8) },
    { address: '0000:01:00.1', classId: '0200', ...link(4, 8) },
    { address: '0000:02:00.0', classId: '0200', ...link(4, 8) },
    { address: '0000:02:00.1', classId: '0200', driver: 'x' },
  ];
  const found = findings([{ name: 'm1', record: machineRecord({ pci: functions }) }]);
  assert.deepEqual(
    found.map(({ code, evidence }) => `${code} ${evidence}`),
    ['pcie-degraded pci[0].link', 'pci-unbound pci[0].address', 'pcie-degraded pci[2].link', 'pci-unbound pci[2].address'],
  );
});
