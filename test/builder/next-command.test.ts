import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listedDisks, nextCommand } from '../../src/builder/next-command.ts';

const ISO = { isoPath: 'builds/debian-13/recon.iso', isoBytes: 170_000_000 };
/** As lsblk 2.38 prints a stick of SanDisk's, and the disk of the system. */
const SYSTEM = {
  ...{
    path: '/dev/nvme0n1',
    type: 'disk',
    size: 512_110_190_592,
    tran: 'nvme',
    rm: false,
    ro: false,
    vendor: null,
    model: 'KIOXIA EXCERIA',
  },
  mountpoints: [null],
  children: [{ path: '/dev/nvme0n1p1', type: 'part', size: 512_000_000_000, tran: 'nvme', rm: false, ro: false, mountpoints: ['/'] }],
};
const STICK = {
  ...{ path: '/dev/sdb', type: 'disk', size: 30_765_219_840, tran: 'usb', rm: true, ro: false, vendor: 'SanDisk ', model: 'Ultra' },
  mountpoints: [null],
  children: [{ path: '/dev/sdb1', type: 'part', size: 30_764_000_000, tran: null, rm: true, ro: false, mountpoints: [null] }],
};
const part = (mountpoint: string, children?: object[]) => [
  {
    path: '/dev/sdb1',
    type: 'part',
    size: 1,
    tran: null,
    rm: true,
    ro: false,
    mountpoints: [mountpoint === '' ? null : mountpoint],
    children,
  },
];

const said = (...blockdevices: object[]): string => nextCommand({ ...ISO, lsblk: JSON.stringify({ blockdevices }) }).join('\n');

describe('what to type after a build', () => {
  it('names the one stick that is there, and what it is', () => {
    assert.equal(
      said(SYSTEM, STICK),
      'next:\n  dd if=builds/debian-13/recon.iso of=/dev/sdb bs=4M conv=fsync status=progress\n    (SanDisk Ultra, 30.8 GB: everything on it is lost)',
    );
  });

  it('names both of two, and chooses none', () => {
    const text = said(STICK, SYSTEM, { ...STICK, path: '/dev/sdc', vendor: null, model: '' });
    assert.match(text, /^next, one of these; there are 2 sticks here:\n/);
    assert.match(text, /of=\/dev\/sdb .*\n {4}\(SanDisk Ultra.*\n.*of=\/dev\/sdc .*\n {4}\(a USB stick, 30\.8 GB/);
  });

  it('takes no disk for a stick that is none, or that somebody uses', () => {
    const others: Readonly<Record<string, object>> = {
      'a disk inside': { ...STICK, tran: 'sata' },
      'a disk for backups at a USB port': { ...STICK, rm: false },
      'a mounted partition': { ...STICK, children: part('/media/me/STICK') },
      'a mounted stick without partitions': { ...STICK, children: undefined, mountpoints: ['/mnt'] },
      'an encrypted partition that is open': { ...STICK, children: part('', part('/')) },
      swap: { ...STICK, children: part('[SWAP]') },
      'write protection': { ...STICK, ro: true },
      'too small': { ...STICK, size: 128_000_000 },
      'a card reader without a card': { ...STICK, size: 0 },
      'a CD': { ...STICK, type: 'rom' },
    };
    for (const [why, disk] of Object.entries(others)) {
      const text = said(SYSTEM, disk);
      assert.doesNotMatch(text, /of=\/dev\/(?!sdX)/, why);
      assert.match(text, /of=\/dev\/sdX bs=4M/, why);
    }
  });

  it('reads what an old lsblk writes as texts', () => {
    assert.match(said({ ...STICK, rm: '1', ro: '0', size: '30765219840' }), /of=\/dev\/sdb/);
    assert.match(said({ ...STICK, rm: '0', ro: '0' }), /of=\/dev\/sdX/);
  });

  it('says it without a name where lsblk says nothing, or something else', () => {
    for (const lsblk of [undefined, '', '[]', '{"blockdevices":[{"path":7}]}'])
      assert.match(nextCommand({ ...ISO, lsblk }).join('\n'), /of=\/dev\/sdX/);
  });

  it('reads what lsblk says on this host', async () => {
    const lsblk = await listedDisks();
    assert.ok(lsblk === undefined || Array.isArray(JSON.parse(lsblk).blockdevices));
    assert.match(nextCommand({ ...ISO, lsblk }).join('\n'), /^next.*\n {2}dd if=builds\/debian-13\/recon\.iso of=\/dev\//);
  });
});
