import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askForDisk } from '../../../src/service/install/ask-for-disk.ts';
import { readChoice, refusalOf } from '../../../src/service/install/choice.ts';
import type { OfferedDisk } from '../../../src/service/install/disks.ts';

const NEEDED = 700_000_000;

function disk(name: string, serial: string | undefined, more: Partial<OfferedDisk> = {}): OfferedDisk {
  return {
    ...{
      name,
      serial,
      sizeBytes: 480_000_000_000,
      model: undefined,
      transport: 'sata',
      byPath: undefined,
      sectorBytes: 512,
      contents: [],
      drivers: [],
      uses: [],
    },
    ...more,
  };
}

const DISKS = [
  disk('sda', 'S45PNA0M520238'),
  disk('nvme0n1', 'PHLJ99990238'),
  disk('sdb', 'ZA24QXYZ', { uses: ['/dev/sdb1 is mounted at /mnt'] }),
  disk('sdc', '238'),
  disk('sdd', 'SMALL-0001', { sizeBytes: 500_000_000 }),
  disk('sde', 'SAME-1111', { byPath: 'pci-0000:00:1f.2-ata-5' }),
  disk('sdf', 'SAME-1111', { byPath: 'pci-0000:00:1f.2-ata-6' }),
  disk('sdg', 'TAIL9999'),
  disk('sdh', '9999', { byPath: 'pci-0000:00:1f.2-ata-8' }),
  disk('sdi', 'FOURK-4096', { sectorBytes: 4096 }),
  disk('vda', undefined, { byPath: 'pci-0000:00:04.0' }),
  disk('vdb', undefined),
];

const CHOSEN: ReadonlyArray<readonly [typed: string, name: string]> = [
  ['M520238', 'sda'],
  ['m520238', 'sda'],
  ['  99990238 ', 'nvme0n1'],
  ['S45PNA0M520238', 'sda'],
  ['238', 'sdc'],
  ['pci-0000:00:04.0', 'vda'],
  ['/dev/disk/by-path/pci-0000:00:04.0', 'vda'],
  ['/dev/vdb', 'vdb'],
  ['pci-0000:00:1f.2-ata-6', 'sdf'],
  ['PCI-0000:00:1F.2-ATA-8', 'sdh'],
];

for (const [typed, name] of CHOSEN) {
  test(`"${typed}" is ${name}`, () => {
    const choice = readChoice(typed, DISKS, NEEDED);
    assert.deepEqual(choice.verdict === 'chosen' ? choice.disk.name : choice, name);
  });
}

const REFUSED: ReadonlyArray<readonly [typed: string, words: RegExp]> = [
  ['0238', /^\/dev\/sda and \/dev\/nvme0n1 both have .* "0238": type more of the end of the serial number\. Nothing is chosen\.$/],
  ['1111', /type the whole path: pci-0000:00:1f\.2-ata-5 or pci-0000:00:1f\.2-ata-6\./],
  // the whole number of one is the end of the other: nothing longer tells them apart
  ['9999', /type the whole path: \/dev\/sdg or pci-0000:00:1f\.2-ata-8\./],
  ['QXYZ', /^\/dev\/sdb cannot be taken: \/dev\/sdb1 is mounted at \/mnt\. It is as it was\.$/],
  ['0001', /it has 500 MB, the copy needs 700 MB/],
  ['4096', /its sectors have 4096 bytes/],
  ['QQQQ', /^no disk here has a serial number that ends with "QQQQ"/],
  ['sda', /^"sda" is too short: type at least the last 4 characters/],
  ['8', /too short/],
  ['', /too short/],
  // what changes from start to start names no disk that has something better
  ['/dev/vda', /^no disk here/],
  ['/dev/sde', /^no disk here/],
  ['0.0', /too short/],
  ['04.0', /^no disk here/],
];

for (const [typed, words] of REFUSED) {
  test(`"${typed}" chooses nothing, and says why`, () => {
    const choice = readChoice(typed, DISKS, NEEDED);
    assert.equal(choice.verdict, 'no');
    assert.match(choice.verdict === 'no' ? choice.words : '', words);
  });
}

test('two other words', () => {
  assert.deepEqual(readChoice('again', DISKS, NEEDED), { verdict: 'again' });
  assert.deepEqual(readChoice('OFF', DISKS, NEEDED), { verdict: 'off' });
});

test('a disk of exactly the size is taken, and one of a byte less is not', () => {
  assert.equal(refusalOf(disk('sda', 'A', { sizeBytes: NEEDED }), NEEDED), undefined);
  assert.match(refusalOf(disk('sda', 'A', { sizeBytes: NEEDED - 1 }), NEEDED) ?? '', /the copy needs/);
});

test('a disk whose driver the initrd does not have is not taken: nothing would start from it', () => {
  for (const drivers of [
    ['sd', 'ahci'],
    ['sd', 'megaraid_sas'],
    ['sd', 'qla2xxx'],
    ['sd', 'usb-storage', 'usb'],
    ['virtio_blk', 'virtio-pci'],
    ['vbd'],
    [],
  ])
    assert.equal(refusalOf(disk('sda', 'A', { drivers }), NEEDED), undefined, drivers.join());
  assert.match(
    refusalOf(disk('sda', 'A', { drivers: ['sd', '3w-9xxx', 'pcieport'] }), NEEDED) ?? '',
    /its driver \(sd, 3w-9xxx, pcieport\) comes too late/,
  );
  assert.match(refusalOf(disk('mmcblk0', 'A', { drivers: ['mmcblk', 'sdhci-pci'] }), NEEDED) ?? '', /comes too late/);
  assert.equal(refusalOf(disk('nvme0n1', 'A', { drivers: ['pcieport'] }), NEEDED), undefined);
});

const TALKS: ReadonlyArray<readonly [what: string, lines: readonly string[], outcome: string]> = [
  ['serial number and word', ['M520238', 'erase'], 'install sda'],
  ['after a mistake', ['nonsense', '0238', 'M520238', 'ERASE'], 'install sda'],
  ['without the word', ['M520238', 'yes'], 'again'],
  ['the serial number twice is not the word', ['M520238', 'M520238'], 'again'],
  ['the word without a disk', ['erase'], 'ended'],
  ['off', ['off'], 'off'],
  ['again', ['again'], 'again'],
  ['nobody any more', ['M520238'], 'ended'],
];

for (const [what, lines, outcome] of TALKS) {
  test(`a talk: ${what}`, async () => {
    const left = [...lines];
    const answer = await askForDisk(DISKS, NEEDED, { say: () => {}, next: async () => left.shift() });
    assert.equal(answer.what === 'install' ? `install ${answer.disk.name}` : answer.what, outcome);
  });
}
