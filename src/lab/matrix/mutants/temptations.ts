import type { MatrixContent } from '../disks/matrix-disks.ts';
import { FOLDER } from '../guest/report-script.ts';

/**
 * A part of a boot in which something tempts the system to write. Without a mutant all guards of it hold, and nothing may be found; a mutant is
 * one guard less, and must be seen.
 */
export interface Temptation {
  name: string;
  /** the guard that is taken away; undefined: the counter-test, with all guards that the next mutants take away one by one */
  guard?: string;
  /** other guards that hold the same thing, and are away here and in the counter-test */
  alone?: string;
  /** lines of shell in the live system */
  tempt: readonly string[];
  /** lines of shell that put everything back */
  restore: readonly string[];
  expected?: { written?: MatrixContent; words: readonly RegExp[] };
}

/** Disks that somebody is tempted with; the others would only make the boots longer. */
export const TEMPTING: readonly MatrixContent[] = [
  ...(['ext4-crashed', 'ext4-cow', 'md-stale-first', 'md-stale-second', 'lvm-raid1-out-of-sync', 'swap', 'swap-suspended'] as const),
  'stick-clone',
];

/** In the initrd: the drivers and rules that the image does not have, as if nobody had taken them out, from the distribution's own packages. */
export const PUT_BACK = [
  `cp -a /${FOLDER}/packages/usr/lib/modules/. $NEWROOT/usr/lib/modules/`,
  `cp -a /${FOLDER}/packages/usr/lib/udev/rules.d/. $NEWROOT/usr/lib/udev/rules.d/`,
  'depmod -b $NEWROOT $(uname -r)',
] as const;

const LIST = '/etc/modprobe.d/recon.conf';
const ALLOW_MODULES = `mv ${LIST} /run/denied`;
const DENY_MODULES = `mv /run/denied ${LIST}`;
const RULES = '/etc/udev/rules.d';
const MD_RULES = ['64-md-raid-assembly', '63-md-raid-arrays', '01-md-raid-creating'] as const;
const LVM_RULES = ['69-lvm', '56-lvm', '11-dm-lvm'] as const;
const unmask = (names: readonly string[]): string[] => names.map((name) => `rm -f ${RULES}/${name}.rules`);
const mask = (names: readonly string[]): string[] => names.map((name) => `ln -sf /dev/null ${RULES}/${name}.rules`);

/** udev's rules once more for every disk; what they start runs by itself for a while. */
const PROBE_AGAIN = [
  'udevadm control --reload',
  'udevadm trigger --subsystem-match=block --action=add',
  'udevadm settle --timeout=300',
  'sleep 8',
] as const;
/** Somebody calls the two programs that the image has for reading. */
const CALL_TOOLS = ['mdadm --assemble --scan --run', 'lvm vgchange --activate y'] as const;
const TAKE_DOWN = [
  'sleep 5',
  'lvm vgchange --activate n',
  'dmsetup remove_all --force',
  'mdadm --stop --scan',
  'udevadm settle --timeout=300',
  'modprobe -r raid1 md_mod dm_raid dm_mirror dm_mod',
] as const;
/** The crashed disk is taken off its bus and put on again; then somebody mounts it "read-only", which replays its journal. */
const REPLUG_AND_MOUNT = [
  'disk=$(basename $(readlink -f /dev/disk/by-label/crashed))',
  'device=$(basename $(readlink -f /sys/block/$disk/device))',
  'echo $device > /sys/bus/virtio/drivers/virtio_blk/unbind; echo $device > /sys/bus/virtio/drivers/virtio_blk/bind',
  'udevadm settle --timeout=300',
  'mount -t ext4 -o ro /dev/disk/by-label/crashed /media',
  'umount /media',
] as const;
/** An fstab that names other people's disks. */
const FSTAB = ['mkdir -p /mnt/cow', 'echo "LABEL=cow /mnt/cow ext4 defaults,nofail 0 0" > /etc/fstab'] as const;
const SWAP_TAB = ['echo "LABEL=matrixswap none swap sw,nofail 0 0" > /etc/fstab'] as const;
const READ_TAB = ['systemctl daemon-reload', 'systemctl start local-fs.target', 'systemctl start swap.target', 'sleep 8'] as const;
/** A kernel command line without these arguments, for whoever reads it now: generators of systemd, and modprobe. */
const without = (...names: readonly string[]): string[] => [
  `cat /proc/cmdline > /run/cmdline`,
  ...names.map((name) => `sed -i 's/ ${name.replaceAll('.', '\\.')}\\b//' /run/cmdline`),
  'mount --bind /run/cmdline /proc/cmdline',
];
const WITH_ALL = ['umount /proc/cmdline', ': > /etc/fstab', 'systemctl daemon-reload'] as const;
/** What dracut's resume module does, which the initrd does not have: it tells the kernel where the hibernated system is. */
export const RESUME = [
  'cat $(readlink -f /dev/disk/by-label/hibernated | sed s,/dev,/sys/class/block,)/dev > /sys/power/resume',
  'sleep 3',
] as const;

/** The phases of one boot, in their order. */
export const TEMPTATIONS: readonly Temptation[] = [
  {
    name: 'all guards hold against everything that tempts',
    tempt: [...PROBE_AGAIN, ...CALL_TOOLS, ...REPLUG_AND_MOUNT, ...FSTAB, ...READ_TAB, ...RESUME, 'modprobe efi_pstore'],
    restore: [...TAKE_DOWN, ': > /etc/fstab'],
  },
  {
    name: 'the disk that appears again',
    guard: 'the udev rule that sets disks read-only',
    // a link of the same name in /etc hides a rule of /usr/lib (udev(7))
    tempt: [`ln -sf /dev/null ${RULES}/10-recon-read-only.rules`, 'udevadm control --reload', ...REPLUG_AND_MOUNT],
    restore: [`rm -f ${RULES}/10-recon-read-only.rules`, ...PROBE_AGAIN],
    expected: { written: 'ext4-crashed', words: [/recovery complete/, /is not set read-only/] },
  },
  {
    name: 'an fstab of somebody else',
    guard: 'fstab=no',
    alone: 'the empty fstab',
    tempt: [...FSTAB, ...without('fstab=no'), ...READ_TAB],
    restore: ['umount /mnt/cow', ...WITH_ALL],
    expected: { words: [/is mounted on \/mnt\/cow/] },
  },
  {
    name: 'a swap area of somebody else, with systemd.swap=0',
    alone: 'the empty fstab, fstab=no, the mask of swap.target',
    tempt: ['rm -f /etc/systemd/system/swap.target', ...SWAP_TAB, ...without('fstab=no'), ...READ_TAB],
    restore: [...WITH_ALL],
  },
  {
    name: 'a swap area of somebody else',
    guard: 'systemd.swap=0',
    alone: 'the empty fstab, fstab=no, the mask of swap.target',
    tempt: [...SWAP_TAB, ...without('fstab=no', 'systemd.swap=0'), ...READ_TAB],
    restore: ['swapoff -a', ...WITH_ALL, 'ln -sf /dev/null /etc/systemd/system/swap.target'],
    expected: { words: [/swaps is not empty/] },
  },
  {
    name: 'rules that assemble, with their masks',
    alone: 'the list of denied modules, and that drivers and rules are not in the image',
    tempt: [ALLOW_MODULES, ...PROBE_AGAIN],
    restore: [DENY_MODULES],
  },
  {
    name: 'a stray tool that assembles',
    guard: 'the list of denied modules',
    alone: 'that the drivers are not in the image',
    tempt: [ALLOW_MODULES, ...CALL_TOOLS, 'sleep 10'],
    restore: [...TAKE_DOWN, DENY_MODULES],
    // the RAID personalities are held by modprobe.blacklist, too, so that the mirror does not start and nothing is written
    expected: { words: [/device mapper has rehearsal-plain/, /Superblocks created for new raid set/] },
  },
  {
    name: 'rules of md',
    guard: 'the masks of the rules of md',
    alone: 'the list of denied modules, and that drivers and rules are not in the image',
    tempt: [ALLOW_MODULES, ...unmask(MD_RULES), ...PROBE_AGAIN],
    restore: [...mask(MD_RULES), 'udevadm control --reload', ...TAKE_DOWN, DENY_MODULES],
    expected: { words: [/mdstat is not empty/] },
  },
  {
    name: 'rules of LVM',
    guard: 'the masks of the rules of LVM',
    alone: 'the list of denied modules, and that drivers and rules are not in the image',
    tempt: [ALLOW_MODULES, ...unmask(LVM_RULES), ...PROBE_AGAIN],
    restore: [...mask(LVM_RULES), 'udevadm control --reload', ...TAKE_DOWN, DENY_MODULES],
    expected: { words: [/device mapper has rehearsal-plain/] },
  },
  {
    name: 'a module that writes crash records into the firmware, with its argument',
    alone: 'the list of denied modules',
    tempt: [ALLOW_MODULES, 'modprobe efi_pstore'],
    restore: ['modprobe -r efi_pstore'],
  },
  {
    name: 'a module that writes crash records into the firmware',
    guard: 'efi_pstore.pstore_disable=1',
    alone: 'the list of denied modules',
    tempt: [...without('efi_pstore.pstore_disable=1'), 'modprobe efi_pstore'],
    restore: [],
    expected: { words: [/crash records of the kernel would go to efi_pstore/, /UEFI variable dump-type0/] },
  },
];
