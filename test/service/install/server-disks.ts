const part = (name: string, pkname: string, more: object = {}): object => ({ name, pkname, type: 'part', size: 1_000_000_000, ...more });
const disk = (name: string, size: number, more: object = {}): object => ({
  ...{ name, pkname: null, type: 'disk', size, model: null, serial: null, tran: null, 'log-sec': 512, fstype: null, label: null },
  ...{ pttype: null, mountpoints: [null], ...more },
});

/** A server that a stick (sdb) was plugged into: `lsblk --json --list --bytes`, with a disk of each kind. */
export const SERVER = JSON.stringify({
  blockdevices: [
    disk('loop0', 200_000_000, { type: 'loop', mountpoints: ['/run/rootfsbase'] }),
    disk('zram0', 2_000_000_000),
    disk('fd0', 1_474_560),
    disk('mmcblk0boot0', 4_194_304),
    disk('sr0', 700_000_000, { type: 'rom', model: 'Virtual CD' }),
    disk('sdb', 31_000_000_000, { model: 'USB Flash', serial: 'STICK0001', tran: 'usb', pttype: 'dos' }),
    part('sdb1', 'sdb', { fstype: 'iso9660', label: 'RECON', mountpoints: ['/run/initramfs/live'] }),
    part('sdb3', 'sdb', { fstype: 'vfat', label: 'RECONDATA' }),
    disk('sda', 480_103_981_056, { model: 'SAMSUNG MZ7LH480HAHQ-00005', serial: 'S45PNA0M520238', tran: 'sata', pttype: 'gpt' }),
    part('sda1', 'sda', { fstype: 'vfat', label: 'EFI' }),
    part('sda2', 'sda', { fstype: 'ext4', label: 'root' }),
    part('sda3', 'sda', { fstype: 'LVM2_member' }),
    disk('sdc', 2_000_398_934_016, { model: 'ST2000NM0008', serial: ' ZA24QXYZ ', tran: 'sas', pttype: 'dos' }),
    part('sdc1', 'sdc', { fstype: 'xfs', mountpoints: ['/mnt'] }),
    part('sdc2', 'sdc', { fstype: 'swap', mountpoints: ['[SWAP]'] }),
    part('sdc3', 'sdc', { fstype: 'LVM2_member' }),
    { name: 'vg-root', pkname: 'sdc3', type: 'lvm', size: 900_000_000, fstype: 'ext4', mountpoints: [null] },
    disk('sdd', 4_000_787_030_016, { model: 'HUS726T4TALN6L4', serial: 'V1G2ABCD', tran: 'sas', 'log-sec': 4096 }),
    disk('vda', 20_000_000_000, { fstype: 'linux_raid_member', label: 'old:0' }),
    disk('vdb', 500_000_000, { serial: '' }),
    disk('nvme0n1', 960_197_124_096, { model: 'INTEL SSDPE2KX010T8', serial: 'PHLJ99990238', tran: 'nvme', pttype: 'gpt' }),
    ...Array.from({ length: 9 }, (_, index) => part(`nvme0n1p${index + 1}`, 'nvme0n1', { fstype: index === 0 ? null : 'ntfs' })),
  ],
});

export const SERVER_PATHS = new Map([
  ['sda', 'pci-0000:00:1f.2-ata-1'],
  ['vda', 'pci-0000:00:04.0'],
]);
