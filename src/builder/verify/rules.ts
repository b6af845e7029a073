import { DRIVER_ARCHIVE_LIST, LEFT_OUT_DRIVER_LIST } from '../../domain/image.ts';
import { FORBIDDEN_ARGUMENTS, GUARD_ARGUMENTS } from '../../domain/kernel-arguments.ts';
import type { Recipe } from '../../domain/recipe.ts';
import { driversOf } from '../drivers/absent-drivers.ts';
import { INITRD_DRIVERS } from '../drivers/initrd-drivers.ts';
import { driverName } from './driver-rules.ts';
import type { InitrdContents } from './initrd-contents.ts';

const BUILT_IN_LIST = /\/modules\.builtin$/;
/** The program text in which livenet finds our download. */
const URL_LIBS = ['lib/url-lib.sh', 'usr/lib/url-lib.sh'];

/** Whether {@link initrdFaults} reads a file of the initrd. */
export function isReadOfInitrd(name: string): boolean {
  return URL_LIBS.includes(name) || BUILT_IN_LIST.test(name);
}

/** What an initrd must hold: pattern of a file name, and what it is for. */
const NEEDED: ReadonlyArray<readonly [RegExp, string]> = [
  [/(^|\/)sbin\/livenetroot$/, 'livenet: fetches the root image'],
  [/(^|\/)sbin\/dmsquash-live-root$/, 'dmsquash-live: mounts the root image'],
  [/(^|\/)bin\/busybox$/, 'busybox: downloads and reports'],
  [/hooks\/cmdline\/.*parse-recon\.sh$/, "our reading of the kernel's arguments"],
  [/rules\.d\/10-recon-read-only\.rules$/, 'the udev rule that sets disks read-only'],
  [/recon\/guard-disk$/, 'the program of that rule'],
  [/modprobe\.d\/recon\.conf$/, 'the denial of modules'],
  [/hooks\/pre-pivot\/.*add-program\.sh$/, 'what mounts our program in the live system'],
  [/recon\/program\.squashfs$/, 'our program'],
  [/recon\/rare-drivers$/, 'the list of rare drivers'],
  [/recon\/no-disk-drivers\.conf$/, "what keeps a peer's initrd from its disks"],
  [/recon\/no-controllers\.conf$/, "what keeps a stick's initrd from controllers"],
];

/** By whom it gets its network. Leap's dracut fetches nothing with systemd-networkd. */
const NETWORK: Readonly<Record<Recipe['family'], readonly [RegExp, string]>> = {
  debian: [/(^|\/)systemd-networkd$/, 'systemd-networkd: the network backend'],
  suse: [/(^|\/)sbin\/ifup$/, 'network-legacy: the network backend'],
};

/** What it must not hold, because it assembles, activates or writes. */
const HARMFUL: ReadonlyArray<readonly [RegExp, string]> = [
  [/\/drivers\/md\//, 'drivers of RAID and device mapper'],
  [/(^|\/)s?bin\/(lvm|mdadm|dmraid|cryptsetup|multipathd|zpool|iscsistart)$/, 'a tool that assembles storage'],
  [/zzzz-dracut-default\.network$/, "dracut's request for a lease on every interface"],
  [/autooverlay/, 'the overlay that makes partitions'],
  [/\/drivers\/(infiniband|gpu)\/|\/drivers\/scsi\/(megaraid|mpt3sas|lpfc|qla2xxx)\//, 'drivers that only the live system needs'],
  [
    /(^|\/)bin\/(curl|gawk|tar|zstd)$|(^|\/)sbin\/e2fsck$|\/lib(curl|gnutls|ldap|krb5)[-.][^/]*$|\/hwdb\.bin$/,
    'what each peer would fetch for nothing',
  ],
];

/** What is wrong with an initrd; empty when nothing is. */
export function initrdFaults(
  { names, text }: Pick<InitrdContents, 'names' | 'text'>,
  { family, architecture }: Pick<Recipe, 'family' | 'architecture'>,
): string[] {
  const all = [...names];
  const faults = [...NEEDED, NETWORK[family]]
    .filter(([pattern]) => !all.some((name) => pattern.test(name)))
    .map(([, what]) => `the initrd lacks ${what}`);
  const drivers = new Set([...all.filter(isDriver), ...builtInOf({ names, text })].map(driverName));
  faults.push(
    ...driversOf(architecture, INITRD_DRIVERS)
      .filter((driver) => !drivers.has(driver))
      .map((driver) => `the initrd lacks the driver ${driver}`),
  );
  for (const [pattern, what] of HARMFUL) {
    const found = all.find((name) => pattern.test(name));
    if (found !== undefined) faults.push(`the initrd holds ${what} (${found})`);
  }
  if (!URL_LIBS.some((path) => text(path).includes('recon_fetch_url'))) faults.push('the initrd fetches the root image unchecked');
  return faults;
}

/** Lines of the initrd's list of what is part of the kernel itself (kbuild). */
function builtInOf({ names, text }: Pick<InitrdContents, 'names' | 'text'>): string[] {
  return [...names].filter((name) => BUILT_IN_LIST.test(name)).flatMap((name) => text(name).split('\n'));
}

/** WLAN goes before all else: a table that lacks it was made of a list that had been trimmed. */
export function leftOutFaults(table: string): string[] {
  return / iwlwifi$/m.test(table)
    ? []
    : [`/${LEFT_OUT_DRIVER_LIST} does not name iwlwifi: it was made of a list that is not the kernel's whole`];
}

/**
 * What is wrong with the archive of rare drivers, by its files: it is read behind the initrd, and unpacked over the live system. Only Leap may have
 * modules in a real /lib: elsewhere that is a link, which a folder of the archive would take the place of.
 */
export function driverArchiveFaults(names: readonly string[], family: Recipe['family']): string[] {
  const [folder, content] = ARCHIVE[family];
  const files = names.filter((name) => !folder.test(name) && name !== DRIVER_ARCHIVE_LIST);
  const strange = files.find((name) => !content.test(name));
  return [
    ...(files.some((name) => isDriver(name)) ? [] : ['the archive of rare drivers holds no driver']),
    ...(names.includes(DRIVER_ARCHIVE_LIST) ? [] : ['the archive of rare drivers does not say what is in it']),
    ...(strange === undefined ? [] : [`the archive of rare drivers holds ${strange}, which is neither driver nor firmware`]),
  ];
}

const ARCHIVE: Readonly<Record<Recipe['family'], readonly [folder: RegExp, content: RegExp]>> = {
  debian: [/^usr(\/lib(\/(modules|firmware|recon))?)?$/, /^usr\/lib\/(modules|firmware)\//],
  suse: [/^(usr|(usr\/)?lib(\/(modules|firmware|recon))?)$/, /^(usr\/)?lib\/(modules|firmware)\//],
};

function isDriver(name: string): boolean {
  return /\.ko(\.[a-z0-9]+)?$/.test(name);
}

/** What is wrong with a GRUB menu: an entry that boots us without a guard, or with an argument that writes. */
export function menuFaults(grubConfig: string): string[] {
  const commands = grubConfig.split('\n').filter((line) => /^\s*linux(efi|16)?\s/.test(line));
  if (commands.length === 0) return ['grub.cfg boots no kernel'];
  return commands.flatMap((command) => {
    const words = command.trim().split(/\s+/);
    const missing = GUARD_ARGUMENTS.filter((argument) => !words.includes(argument)).map((argument) => `grub.cfg boots without ${argument}`);
    const forbidden = words.filter((word) => FORBIDDEN_ARGUMENTS.some((pattern) => pattern.test(word)));
    return [...missing, ...forbidden.map((word) => `grub.cfg boots with ${word}, which writes to disks`)];
  });
}

/** Lines of a build log that mean a broken image although KIWI ended well. */
export function logFaults(log: string): string[] {
  return log
    .split('\n')
    .filter((line) => /not found in the root tree|dracut.*(cannot be found or installed|Could not find)/i.test(line))
    .map((line) => `the build log says: ${line.trim().slice(0, 200)}`);
}
