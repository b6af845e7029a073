import { grubScript } from './grub-words.ts';

/** What GRUB asks for in its folder without needing it; an empty file keeps its screen clean. */
export const GRUB_LISTS = ['x86_64-efi', 'arm64-efi'].flatMap((platform) =>
  ['command', 'fs', 'crypto', 'terminal'].map((list) => `${platform}/${list}.lst`),
);

export interface FirstConfigInput {
  /** what this text itself comes by */
  by: 'tftp' | 'http';
  /** path of the folder with iPXE there, with a slash at both ends */
  loaderPath: string;
  /** iPXE where Secure Boot is off, by GRUB's name of the processor */
  unsigned: Readonly<Partial<Record<'x86_64' | 'arm64', string>>>;
}

/**
 * The first thing that the signed GRUB reads over the network. A master cannot see in DHCP whether Secure Boot is on; GRUB can: `lockdown` is `y`
 * then, and only then. Off: iPXE goes on as ever. On, or without an iPXE: GRUB loads kernel and initrd itself, by a script of the machine's own.
 * Only commands that are built into the signed GRUB, because under lockdown it loads no module.
 */
export function firstNetworkConfig({ by, loaderPath, unsigned }: FirstConfigInput): string {
  return grubScript([
    'set pager=0',
    ...Object.entries(unsigned).flatMap(([processor, file]) => [
      `if [ "$lockdown" != "y" -a "$grub_cpu" = "${processor}" ]; then`,
      `    if chainloader (${by},$net_default_server)${loaderPath}${file}; then`,
      '        boot',
      // iPXE came back: its script leaves, or a person does
      '        set recon_leaves=y',
      '    fi',
      'fi',
    ]),
    ...FACTS,
    'while [ "$recon_leaves" != "y" ]; do',
    '    echo "Recon: asking $net_default_server what to boot (Secure Boot: $lockdown)"',
    '    set recon_answered=n',
    '    source "(http,$net_default_server)/nodes/$net_default_mac/boot.grub?$recon_query$recon_facts"',
    '    if [ "$recon_leaves" != "y" -a "$recon_answered" != "y" ]; then',
    '        echo "Recon: no boot script from $net_default_server. Is the master still on, is the cable in?"',
    '        echo "Trying again in 5 seconds."',
    '        sleep 5',
    '    fi',
    'done',
    ...OWN_DISK,
  ]);
}

/** iPXE where Secure Boot is off, of the files in a folder of loaders. */
export function unsignedIn(files: readonly string[]): FirstConfigInput['unsigned'] {
  return Object.fromEntries(Object.entries(UNSIGNED).filter(([, file]) => files.includes(file)));
}

const UNSIGNED = { x86_64: 'snponly.efi', arm64: 'ipxe-arm64.efi' } as const;

/** SMBIOS type, offset of a string, and the key by which the master knows it (boot-facts.ts). */
const STRINGS = [
  [1, 4, 'manufacturer'],
  [1, 5, 'product'],
  [1, 7, 'serial'],
  [2, 7, 'board'],
  [3, 7, 'chassis'],
  [3, 8, 'asset'],
  [0, 5, 'bios'],
] as const;

/** So many memory slots are looked at; a URL must end somewhere. */
const MOST_DIMMS = 64;

/**
 * Puts what SMBIOS says into the query. GRUB encodes nothing: a blank becomes %20, and a value with any other letter that means something in a URL
 * is left out. Memory: size and extended size of each slot in decimal (type 17, offsets 0x0c and 0x1c), as many as type 16 counts.
 */
const FACTS = [
  'set recon_facts="buildarch=$grub_cpu&platform=$grub_platform&lockdown=$lockdown"',
  'function recon_fact {',
  `    if regexp '^[A-Za-z0-9 ._:/(),-]+$' "$2"; then`,
  '        set recon_text="$2"',
  `        while regexp --set=1:recon_head --set=2:recon_tail '^([^ ]*) (.*)$' "$recon_text"; do`,
  '            set recon_text="$recon_head%20$recon_tail"',
  '        done',
  '        set recon_facts="$recon_facts&$1=$recon_text"',
  '    fi',
  '}',
  'smbios --type 1 --get-uuid 8 --set recon_value',
  'recon_fact uuid "$recon_value"',
  ...STRINGS.flatMap(([type, offset, key]) => [
    'set recon_value=""',
    `smbios --type ${type} --get-string ${offset} --set recon_value`,
    `recon_fact ${key} "$recon_value"`,
  ]),
  'set recon_slots=0',
  'smbios --type 16 --get-word 13 --set recon_slots',
  'set recon_value=""',
  `for recon_slot in ${Array.from({ length: MOST_DIMMS }, (_, index) => index + 1).join(' ')}; do`,
  '    if [ "$recon_slot" -le "$recon_slots" ]; then',
  '        smbios --type 17 --match $recon_slot --get-word 12 --set recon_size',
  '        smbios --type 17 --match $recon_slot --get-dword 28 --set recon_extended',
  '        set recon_value="$recon_value.$recon_size-$recon_extended"',
  '    fi',
  'done',
  'recon_fact slots "$recon_value"',
];

/**
 * Back to the machine's own system. GRUB has no way to tell the firmware "go on with the next entry": whatever it leaves with counts as a success,
 * after which some firmware opens its set-up. So it starts what is on the disks itself: a vendor's own loader first, because the one of the fallback
 * path may write boot entries.
 */
const OWN_DISK = [
  'echo "Recon: starting this machine\'s own system."',
  'for recon_loader in (*)/EFI/*/shimx64.efi (*)/EFI/*/shimaa64.efi (*)/EFI/Microsoft/Boot/bootmgfw.efi (*)/EFI/*/grubx64.efi (*)/EFI/systemd/systemd-bootx64.efi (*)/EFI/BOOT/BOOTX64.EFI (*)/EFI/BOOT/BOOTAA64.EFI; do',
  '    if [ -f "$recon_loader" ]; then',
  '        if chainloader "$recon_loader"; then boot; fi',
  '    fi',
  'done',
  'echo "Recon: no disk of this machine has a system for UEFI. In 30 seconds the firmware goes on."',
  'sleep 30',
  'exit',
];
