import { mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findDebianMirror } from '../../../src/builder/image/apt-mirror.ts';
import { aptSources } from '../../../src/builder/image/apt-sources.ts';
import { TOOL_SUITE } from '../../../src/builder/image/tool-root.ts';
import { runOk } from '../../../src/platform/process/command.ts';
import { OWN_DATABASE } from './small-tool-tree.ts';

/** Of Debian: what the packages of Leap are for that the recipe names, and KIWI with zypper and rpm. */
const PACKAGES = [
  ...['systemd-sysv', 'dbus', 'udev', 'kmod', 'iproute2', 'iputils-ping', 'iputils-arping', 'busybox', 'dosfstools', 'mtools', 'e2fsprogs'],
  ...[
    'zstd',
    'xz-utils',
    'less',
    'tzdata',
    'locales',
    'linux-image-amd64',
    'dracut',
    'dracut-live',
    'dracut-network',
    'dmsetup',
    'isc-dhcp-client',
  ],
  ...['squashfs-tools', 'grub-pc-bin', 'grub-efi-amd64-bin', 'grub2-common', 'grub-common', 'binutils', 'parted', 'ipxe'],
  ...['firmware-bnx2', 'firmware-realtek', 'dnsmasq-base', 'nftables', 'openssh-server', 'tcpdump', 'socat'],
  ...['dmidecode', 'ethtool', 'ipmitool', 'lldpd', 'lvm2', 'mdadm', 'nvme-cli', 'pciutils', 'sg3-utils', 'smartmontools', 'usbutils'],
  ...['kiwi', 'kiwi-systemdeps-iso-media', 'qemu-utils', 'rsync', 'xorriso', 'zypper', 'rpm', 'curl'],
];

/** So many files that nobody reads would cost more than all else. */
const UNWANTED = ['doc/*', 'man/*', 'locale/*', 'info/*'].map((folder) => `path-exclude=/usr/share/${folder}`);
const WANTED = 'path-include=/usr/share/doc/*/copyright';

/** Names that Leap has for the same things. */
const LINKS: ReadonlyArray<readonly [path: string, target: string]> = [
  ['usr/sbin/grub2-install', 'grub-install'],
  ['usr/bin/grub2-mkimage', 'grub-mkimage'],
  ['usr/bin/grub2-mkrescue', 'grub-mkrescue'],
  ['usr/share/grub2', '../lib/grub'],
];

/**
 * A Debian tree that passes for one of Leap: its folders and names of programs, rpm and zypper with a database where the host's rpm has none, and a real
 * /lib as Leap 15 has. By mmdebstrap, from the mirror of this host.
 * @throws Error when this host knows no mirror of Debian
 */
export async function makeStandInTree(tree: string): Promise<void> {
  const mirror = process.env['DEBIAN_MIRROR'] ?? findDebianMirror(await aptSources());
  if (mirror === undefined) throw new Error('no mirror of Debian is known here: name one with DEBIAN_MIRROR=');
  const rules = `printf '%s\\n' ${[...UNWANTED, WANTED].map((rule) => `'${rule}'`).join(' ')} > "$1/etc/dpkg/dpkg.cfg.d/recon"`;
  const options = ['--variant=minbase', '--mode=root', '--components=main,non-free-firmware', `--include=${PACKAGES.join(',')}`];
  await runOk(['mmdebstrap', ...options, `--setup-hook=mkdir -p "$1/etc/dpkg/dpkg.cfg.d"; ${rules}`, TOOL_SUITE, tree, mirror], {
    timeoutMs: 3_600_000,
    // an initrd of this kernel is made by KIWI, of the image
    environment: { INITRD: 'No' },
  });
  // the one that the recipe names; systemd-firstboot refuses what is not there
  await runOk(['chroot', tree, 'localedef', '-i', 'en_US', '-f', 'UTF-8', 'en_US.UTF-8'], { timeoutMs: 120_000 });
  await emptyFolders(tree);
  for (const [path, target] of LINKS) await symlink(target, join(tree, path));
  await rename(join(tree, 'usr/lib/ipxe'), join(tree, 'usr/share/ipxe'));
  await rename(join(tree, 'usr/share/ipxe/snponly.efi'), join(tree, 'usr/share/ipxe/snp-x86_64.efi'));
  await makeRealLib(tree);
  await mkdir(join(tree, 'etc/rpm'), { recursive: true });
  await writeFile(join(tree, 'etc/rpm/macros'), `%_dbpath ${OWN_DATABASE}\n`);
  await writeFile(join(tree, 'etc/recon-stand-in'), 'packages of Debian under names of openSUSE, to try the way of a build\n');
  // a package cannot name users that the host does not know
  await runOk(['find', tree, '(', '-not', '-uid', '0', '-o', '-not', '-gid', '0', ')', '-exec', 'chown', '-h', '0:0', '{}', '+'], {
    timeoutMs: 120_000,
  });
}

/** What is of one machine or of one moment. */
async function emptyFolders(tree: string): Promise<void> {
  for (const name of ['dev', 'proc', 'sys', 'run', 'tmp', 'var/cache', 'var/log', 'var/lib/apt/lists', 'root']) {
    for (const entry of await readdir(join(tree, name)).catch(() => []))
      await rm(join(tree, name, entry), { recursive: true, force: true });
  }
}

/** Modules and firmware are in /lib, and in /usr/lib is nothing of them; all else of Debian's /lib is found under either name. */
async function makeRealLib(tree: string): Promise<void> {
  await rm(join(tree, 'lib'));
  await mkdir(join(tree, 'lib'));
  for (const name of await readdir(join(tree, 'usr/lib'))) {
    if (name === 'modules' || name === 'firmware') await rename(join(tree, 'usr/lib', name), join(tree, 'lib', name));
    else await symlink(`../usr/lib/${name}`, join(tree, 'lib', name));
  }
}
