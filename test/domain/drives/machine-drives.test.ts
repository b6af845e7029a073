import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bytesOf, machineDrives } from '../../../src/domain/drives/machine-drives.ts';
import type { PhysicalDrive, RaidController, VirtualDrive } from '../../../src/domain/record/raid.ts';
import type { Disk, StorageSection } from '../../../src/domain/record/storage.ts';

const controller = (
  physicalDrives: PhysicalDrive[],
  virtualDrives: VirtualDrive[] = [],
  more: Partial<RaidController> = {},
): RaidController => ({
  ...{ id: '0', tool: 'storcli', physicalDrives, virtualDrives },
  ...more,
});
const of = (disks: Disk[] | undefined, storage?: StorageSection) => {
  const found = machineDrives(disks, storage);
  assert.ok(found !== undefined);
  return found;
};
const serials = (disks: Disk[], storage?: StorageSection) => of(disks, storage).drives.map(({ serial, name }) => serial ?? name);

describe('drives that Linux shows', () => {
  it('tells the kinds apart, and leaves out what belongs to no machine', () => {
    const { drives, media, volumes } = of([
      { name: 'nvme0n1', transport: 'nvme', rotational: false },
      { name: 'sda', transport: 'sata', rotational: false },
      { name: 'sdb', transport: 'sas', rotational: true },
      { name: 'sdc', removable: true },
      { name: 'sdd', mediumPresent: false },
      { name: 'sde', transport: 'usb' },
      { name: 'vda' },
    ]);
    assert.deepEqual(
      drives.map(({ kind }) => kind),
      ['NVMe', 'SSD', 'HDD', 'other'],
    );
    assert.deepEqual([media.map(({ name }) => name), volumes], [['sdc', 'sdd', 'sde'], []]);
  });

  it('two namespaces of one drive are one drive, and so are the two units of one target', () => {
    const one = { transport: 'nvme', serial: 'N1', model: 'M' };
    const parts = of([
      { ...one, name: 'nvme0n1', sizeBytes: 5, nvme: { namespaceId: 1 } },
      { ...one, name: 'nvme0n2', sizeBytes: 6, nvme: { namespaceId: 2 } },
      { name: 'sda', serial: 'H1', hctl: '0:0:1:0', sizeBytes: 7 },
      { name: 'sdb', serial: 'H1', hctl: '0:0:1:1', sizeBytes: 7 },
      { name: 'sdc', serial: 'H1', hctl: '0:0:2:0', sizeBytes: 7 },
    ]).drives;
    assert.deepEqual(
      parts.map(({ name, sizeBytes }) => [name, sizeBytes]),
      [
        ['nvme0n1', 11],
        ['sda', 14],
        ['sdc', 7],
      ],
    );
  });

  it('takes a size that only multipath printed', () => {
    assert.equal(bytesOf(of([{ name: 'sda', sizeText: '2G' }]).drives), 2 * 1024 ** 3);
  });
});

describe('drives behind a controller', () => {
  it('are counted, and the volume made of them is not', () => {
    const storage = {
      controllers: [
        controller(
          [
            { enclosure: '252', slot: '0', serial: 'D1', medium: 'SSD', sizeText: '446.625 GB' },
            { enclosure: '252', slot: '1', serial: 'D2', medium: 'SSD', sizeText: '446.625 GB' },
          ],
          [{ id: '0', level: 'RAID1', device: 'sda', sizeText: '446.625 GB' }],
          { model: 'PERC H730P' },
        ),
      ],
    };
    const { drives, volumes } = of([{ name: 'sda', model: 'Fancy 9000', serial: '00aa', sizeBytes: 479_559_942_144 }], storage);
    assert.deepEqual(
      drives.map(({ name, kind, behind, serial }) => [name, kind, behind, serial]),
      [
        ['252:0', 'SSD', 'PERC H730P', 'D1'],
        ['252:1', 'SSD', 'PERC H730P', 'D2'],
      ],
    );
    assert.equal(bytesOf(drives), 2 * Math.round(446.625 * 1024 ** 3));
    assert.deepEqual(
      volumes.map(({ name, level, sizeBytes, controller: by }) => [name, level, sizeBytes, by]),
      [['sda', 'RAID1', 479_559_942_144, 'PERC H730P']],
    );
  });

  it('one that Linux shows too is one drive, by serial number or World Wide Name, with slot and state of its controller', () => {
    const storage = {
      controllers: [
        controller([
          { enclosure: '1', slot: '4', serial: ' z1z2abcd ', state: 'JBOD', medium: 'HDD' },
          { slot: '5', wwn: '0x5000C5000000000A', state: 'JBOD' },
          { slot: '6', serial: 'Z9' },
        ]),
      ],
    };
    const disks = [
      { name: 'sda', serial: 'Z1Z2ABCD0000C1234567', model: 'PERC passes it on' },
      { name: 'sdb', wwn: '0x5000c5000000000a', rotational: false },
    ];
    const { drives, volumes } = of(disks, storage);
    assert.deepEqual(volumes, []);
    assert.deepEqual(
      drives.map(({ name, kind, behind, enclosureSlot, state }) => [name, kind, behind, enclosureSlot, state]),
      [
        ['sda', 'HDD', undefined, '4', 'JBOD'],
        ['sdb', 'SSD', undefined, '5', 'JBOD'],
        ['6', 'other', 'controller 0', '6', undefined],
      ],
    );
  });

  it('a serial number that begins like another one is another one', () => {
    assert.equal(serials([{ name: 'sda', serial: 'DRIVE-NO1' }], { controllers: [controller([{ serial: 'DRIVE-NO10' }])] }).length, 2);
  });

  it('is counted once where two controllers have cables to it, and where smartctl reaches it twice', () => {
    const storage = {
      controllers: [
        controller([{ slot: '1', serial: 'A' }]),
        controller(
          [
            { slot: '1', serial: 'a' },
            { slot: '2', serial: 'B' },
          ],
          [],
          { id: '1' },
        ),
      ],
      hiddenDrives: [
        { smartctlType: 'megaraid,9', serial: 'B', rotationRpm: 7200 },
        { smartctlType: 'megaraid,10', serial: 'C' },
        { smartctlType: 'sat+megaraid,10', serial: 'C' },
      ],
    };
    assert.deepEqual(serials([], storage), ['A', 'B', 'C']);
    assert.equal(of([], storage).drives[1]?.kind, 'HDD', 'what smartctl knows of it is kept');
  });

  it('two of one controller with one serial number are two', () => {
    assert.equal(
      serials([], {
        controllers: [
          controller([
            { slot: '1', serial: 'SAME' },
            { slot: '2', serial: 'SAME' },
          ]),
        ],
      }).length,
      2,
    );
  });

  it('a list without serial numbers, and what smartctl reached, are the same drives', () => {
    const perc = {
      controllers: [
        controller([
          { slot: '1', deviceId: '14' },
          { slot: '2', deviceId: '15' },
        ]),
      ],
    };
    const reached = [{ smartctlType: 'megaraid,15', deviceId: '15', serial: 'P15' }];
    assert.deepEqual(
      of([], { ...perc, hiddenDrives: reached }).drives.map(({ name, serial }) => [name, serial]),
      [
        ['1', undefined],
        ['2', 'P15'],
      ],
    );
    const smart = { controllers: [controller([{ slot: '1I:1:1' }, { slot: '1I:1:2' }], [], { tool: 'ssacli' })] };
    const both = ['H1', 'H2', 'H3'].map((serial, at) => ({ smartctlType: `cciss,${at}`, serial }));
    assert.deepEqual(serials([], { ...smart, hiddenDrives: both }), ['H1', 'H2', 'H3']);
    assert.equal(
      serials([], { controllers: [...perc.controllers, controller([{ deviceId: '15' }], [], { id: '1' })], hiddenDrives: reached }).length,
      4,
    );
  });

  it('ssacli has drives as they are sold and volumes in powers of 1024', () => {
    const drives: PhysicalDrive[] = [
      { slot: '2I:1:7', interface: 'Solid State SATA', medium: 'SSD', sizeText: '100 GB' },
      { slot: '2I:1:8', interface: 'SAS', medium: 'HDD', sizeText: '600 GB' },
    ];
    const found = of(undefined, { controllers: [controller(drives, [{ id: '1', sizeText: '93.1 GB' }], { tool: 'ssacli' })] });
    assert.deepEqual(
      found.drives.map(({ kind, transport, sizeBytes }) => [kind, transport, sizeBytes]),
      [
        ['SSD', 'sata', 100e9],
        ['HDD', 'sas', 600e9],
      ],
    );
    assert.equal(found.volumes[0]?.sizeBytes, Math.round(93.1 * 1024 ** 3));
  });
});

describe('volumes', () => {
  it('without their drives are volumes all the same, and the drives are not counted', () => {
    for (const [vendor, model] of [
      ['HP', 'LOGICAL VOLUME'],
      ['DELL', 'PERC H710'],
      ['AVAGO', 'MR9361-8i'],
      ['ATA', 'DELLBOSS VD'],
      ['Cisco', 'UCSC-MRAID12G'],
    ] as const) {
      const { drives, volumes, isCounted } = of([{ name: 'sda', vendor, model, sizeBytes: 4 }]);
      assert.deepEqual([drives, volumes.map(({ sizeBytes }) => sizeBytes), isCounted], [[], [4], false], model);
    }
    assert.equal(of([{ name: 'sda', vendor: 'VMware', model: 'Virtual disk' }]).drives.length, 1, 'a virtual machine has no other');
  });

  it('whose serial number is that of the controller are known by it', () => {
    const storage = { controllers: [controller([{ slot: '1', serial: 'D1' }], [], { tool: 'ssacli', serial: 'PCTRL1' })] };
    assert.deepEqual(serials([{ name: 'sda', serial: 'PCTRL1', model: 'X' }], storage), ['D1']);
  });

  it('are there once where the tool does not name the disk, and units of a storage network are none of a controller', () => {
    const storage = {
      controllers: [
        controller(
          [{ serial: 'D1' }],
          [
            { id: '0', sizeText: '93.1 GB' },
            { id: '1', sizeText: '1.8 TB' },
          ],
        ),
      ],
    };
    const { volumes, drives } = of(
      [
        { name: 'sda', model: 'LOGICAL VOLUME', sizeBytes: 99_998_000_000 },
        { name: 'sdb', transport: 'fc', sizeBytes: 99_998_000_000 },
      ],
      storage,
    );
    assert.equal(drives.length, 1);
    assert.deepEqual(
      volumes.map(({ name, kind }) => [name, kind]),
      [
        ['sda', 'RAID volume'],
        ['volume 1', 'RAID volume'],
        ['sdb', 'LUN'],
      ],
    );
  });
});

it('tells "none" from "could not be read"', () => {
  assert.deepEqual(of([]), { drives: [], volumes: [], media: [], isCounted: true });
  assert.equal(machineDrives(undefined, undefined), undefined);
  assert.equal(machineDrives(undefined, { diskCount: 3 }), undefined);
});
