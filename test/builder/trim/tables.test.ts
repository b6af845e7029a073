import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutEnterpriseNumbers } from '../../../src/builder/trim/enterprise-numbers.ts';
import { neededFirmware } from '../../../src/builder/trim/needed-firmware.ts';
import { parseReadelf, unneededLibraries } from '../../../src/builder/trim/needed-libraries.ts';
import { removalOf } from '../../../src/builder/trim/removals.ts';
import { squashArguments } from '../../../src/builder/trim/squash-root.ts';
import { chooseModules } from '../../../src/builder/trim/wanted-modules.ts';

test('what goes from a root, and what stays, by the paths of both distributions', () => {
  for (const path of [
    ...['boot/vmlinuz-6.12', 'usr/lib/grub', 'usr/share/grub2', 'usr/bin/perl', 'usr/bin/perl5.40.1', 'usr/share/perl5'],
    ...[
      'usr/lib/x86_64-linux-gnu/perl',
      'usr/bin/x86_64-linux-gnu-ld.bfd',
      'usr/bin/apt-get',
      'var/lib/dpkg',
      'var/lib/rpm',
      'sbin/e2fsck',
    ],
    ...[
      'usr/share/zoneinfo/Europe',
      'usr/lib/x86_64-linux-gnu/gconv/BIG5.so',
      'usr/lib64/gconv/BIG5.so',
      'usr/sbin/sg_format',
      'etc/ssh/moduli',
    ],
    ...['usr/lib/udev/hwdb.d/20-OUI.hwdb', 'usr/lib/x86_64-linux-gnu/security/pam_userdb.so'],
  ])
    assert.notEqual(removalOf(path), undefined, path);
  for (const path of [
    ...[
      'boot',
      'usr/lib/x86_64-linux-gnu/libperl.so.5.40.1',
      'usr/share/zoneinfo/UTC',
      'usr/share/zoneinfo/Etc/UTC',
      'usr/sbin/sg_ses',
      'usr/sbin/sg_inq',
    ],
    ...[
      'usr/bin/tcpdump',
      'usr/bin/socat',
      'usr/sbin/nft',
      'usr/sbin/dnsmasq',
      'usr/sbin/mkfs.vfat',
      'usr/sbin/fsck.vfat',
      'usr/bin/ssh-keygen',
    ],
    ...[
      'usr/sbin/sshd',
      'usr/lib/openssh/sshd-session',
      'usr/bin/tar',
      'usr/bin/getent',
      'usr/bin/systemd-run',
      'usr/bin/lsblk',
      'usr/sbin/ldconfig',
    ],
    ...[
      'usr/lib/locale/C.utf8',
      'usr/lib/x86_64-linux-gnu/gconv/IBM850.so',
      'usr/lib/recon/loaders',
      'usr/share/doc',
      'usr/share/misc/pci.ids',
    ],
    ...[
      'usr/lib/udev/hwdb.d/20-usb-vendor-model.hwdb',
      'usr/lib/systemd/systemd-networkd',
      'usr/sbin/lvm',
      'usr/sbin/mdadm',
      'usr/bin/less',
    ],
  ])
    assert.equal(removalOf(path), undefined, path);
});

test('modules of the root: those that are wanted with what they need; network cards are left to the initrd, rare controllers to the archive', () => {
  const path = (name: string): string => `kernel/drivers/${name}.ko.xz`;
  const [mlx5, mlx5Ib, ibCore] = [
    path('net/ethernet/mellanox/mlx5/core/mlx5_core'),
    path('infiniband/hw/mlx5/mlx5_ib'),
    path('infiniband/core/ib_core'),
  ];
  const [fnic, card, fc] = [path('scsi/fnic/fnic'), path('net/ethernet/cisco/enic'), path('scsi/libfc/libfc')];
  const mpt3sas = path('scsi/mpt3sas/mpt3sas');
  const dep = [
    `${mlx5}:`,
    `${mlx5Ib}: ${mlx5} ${ibCore}`,
    `${ibCore}:`,
    `${fnic}: ${fc} ${card}`,
    `${fc}:`,
    `${card}:`,
    `${mpt3sas}:`,
    `${path('gpu/drm/drm')}:`,
    `${path('md/md-mod')}:`,
    `${path('block/drbd/drbd')}:`,
    `${path('scsi/scsi_debug')}:`,
    'kernel/fs/ext4/ext4.ko.xz:',
    'kernel/fs/fat/vfat.ko.xz:',
  ];
  const { kept, elsewhere } = chooseModules(`${dep.join('\n')}\n`);
  assert.deepEqual(kept, [ibCore, mlx5Ib, mpt3sas, fc, 'kernel/fs/fat/vfat.ko.xz'].sort());
  assert.deepEqual(elsewhere, [card, mlx5, fnic].sort());
});

test('firmware: by name, by pattern, packed, and what a link leads to', () => {
  const files = [
    { path: 'bnx2/bnx2-mips-06.fw' },
    { path: 'cxgb4/t4fw.bin', target: 't4fw-1.27.bin' },
    { path: 'cxgb4/t4fw-1.27.bin' },
    { path: 'ice/ddp/ice-1.3.pkg.xz' },
    { path: 'rare.bin' },
  ];
  assert.deepEqual(
    [...neededFirmware(files, ['cxgb4/t4fw.bin', 'ice/ddp/ice*.pkg', 'bnx2/bnx2-mips-06.fw', 'not-packaged.fw'])],
    ['bnx2/bnx2-mips-06.fw', 'cxgb4/t4fw.bin', 'cxgb4/t4fw-1.27.bin', 'ice/ddp/ice-1.3.pkg.xz'],
  );
});

test('libraries go that no program needs in the end; what is loaded by name, or by a program that is brought, stays', () => {
  const files = parseReadelf(`
File: usr/bin/curl
 0x0000000000000001 (NEEDED)             Shared library: [libcurl.so.4]
 0x0000000000000001 (NEEDED)             Shared library: [libc.so.6]

File: usr/lib/libcurl.so.4.8.0
 0x0000000000000001 (NEEDED)             Shared library: [libssh2.so.1]

File: usr/lib/libldap.so.2
 0x0000000000000001 (NEEDED)             Shared library: [libsasl2.so.2]

File: usr/lib/libsasl2.so.2
`);
  const libraries = new Map([
    ['usr/lib/libcurl.so.4.8.0', ['libcurl.so.4.8.0', 'libcurl.so.4']],
    ['usr/lib/libssh2.so.1', ['libssh2.so.1']],
    ['usr/lib/libldap.so.2', ['libldap.so.2']],
    ['usr/lib/libsasl2.so.2', ['libsasl2.so.2']],
    ['usr/lib/libnss_dns.so.2', ['libnss_dns.so.2']],
    ['usr/lib/libstdc++.so.6.0', ['libstdc++.so.6.0', 'libstdc++.so.6']],
    ['usr/lib/libdl.so.2', ['libdl.so.2']],
  ]);
  assert.deepEqual(unneededLibraries(files, libraries), ['usr/lib/libldap.so.2', 'usr/lib/libsasl2.so.2']);
  assert.deepEqual(
    unneededLibraries(files.slice(1), libraries).slice(0, 2),
    ['usr/lib/libcurl.so.4.8.0', 'usr/lib/libldap.so.2'],
    'and with the program its libraries',
  );
});

test("IANA's list keeps the makers of servers, in its own format", () => {
  const list = `PRIVATE ENTERPRISE NUMBERS

Decimal
| Organization
496
  ON
    Nick Hennenfent
      nicholas&cton.com
674
  Dell Inc.
    David L. Douglas
      david_l_douglas&dell.com
10876
  Super Micro Computer Inc.
    J. Liang
      x&supermicro.com
11000
  Intellect Ltd
    A
      b
`;
  assert.equal(
    cutEnterpriseNumbers(list),
    'PRIVATE ENTERPRISE NUMBERS\n\nDecimal\n| Organization\n674\n  Dell Inc.\n10876\n  Super Micro Computer Inc.\n',
  );
});

test('squashfs without attributes of the host, in blocks of a megabyte', () => {
  assert.deepEqual(squashArguments({ tree: '/t', to: '/s', level: 19 }), [
    ...['mksquashfs', '/t', '/s', '-noappend', '-no-progress', '-quiet', '-no-exports', '-no-xattrs'],
    ...['-comp', 'zstd', '-Xcompression-level', '19', '-b', '1M'],
  ]);
});
