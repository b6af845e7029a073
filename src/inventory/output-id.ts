import { decodeText } from '../domain/values/text.ts';
import { FORMATS, NEVER } from './raw-formats.ts';

/** What a file of `raw/` is, by its name: the output of a command, or a copy of a file that belongs below `fs/`. */
export type OutputName = { id: string } | { file: string };

/**
 * Which command's output a file of `raw/` is, by the name that a person gave it: `dmidecode.txt`, `rack7-lspci_2024-05-01.log`, `smartctl -a sda.out`. The tool's
 * name stands in it, with the disk or interface behind it; what else stands there is passed over. Undefined where no tool is named, or not which disk.
 * @param path below the capture directory
 * @param bytes what is in it
 */
export function outputId(path: string, bytes?: Uint8Array): OutputName | undefined {
  const name = nameOf(path);
  const made = bytes === undefined ? undefined : ofContent(name, decodeText(bytes.subarray(0, BEGINNING_BYTES)));
  return made === undefined ? ofName(name) : { id: made };
}

/** So much of a text names the disk or interface that it is of. */
const BEGINNING_BYTES = 4096;

/** Some outputs say themselves what they are of, which is surer than the name of their file. */
function ofContent(name: string, text: string): string | undefined {
  if (/smartctl/i.test(name) && !/behind|megaraid|cciss|areca|3ware|aacraid/i.test(name)) {
    const disk = /"device"\s*:\s*\{\s*"name"\s*:\s*"\/dev\/([a-z]+\w*)"/.exec(text)?.[1];
    return disk === undefined || /"type"\s*:\s*"(megaraid|cciss|areca|3ware|aacraid)/.test(text) ? undefined : `smartctl-${disk}`;
  }
  if (/hdparm/i.test(name)) return joined('hdparm', /^\s*\/dev\/([a-z]+\w*):/.exec(text)?.[1]);
  if (!/ethtool/i.test(name)) return undefined;
  const flags = /^Private flags for (\S+):/m.exec(text)?.[1];
  return joined('ethtool-private-flags', flags) ?? joined('ethtool', /^Settings for (\S+):/m.exec(text)?.[1]);
}

function joined(tool: string, device: string | undefined): string | undefined {
  return device === undefined ? undefined : `${tool}-${device}`;
}

function nameOf(path: string): string {
  return path.replace(/^raw\//, '').replace(ENDINGS, '');
}

const ENDINGS = /(\.(out|txt|log|text|json|xml|ya?ml|csv|stdout|output|bin|dump|dmp|gz|zst))+$/i;

function ofName(name: string): OutputName | undefined {
  if (!name.includes('/') && isKnown(name)) return { id: name };
  // of a folder only what a crawl leaves
  const words = name.replaceAll(/[^A-Za-z0-9!:]+/g, '-').replaceAll(/^-+|-+$/g, '');
  const plain = words.replace(DATE, '');
  for (const [pattern, make] of NAMES) {
    const found = pattern.exec(`-${plain}-`);
    const made =
      found === null
        ? undefined
        : make(
            found.slice(1).map((part) => part ?? ''),
            words,
          );
    if (made !== undefined) return made.startsWith('fs/') ? { file: made.slice('fs/'.length) } : { id: made };
  }
  return undefined;
}

function isKnown(id: string): boolean {
  return FORMATS.some(([pattern, , isUnderstood]) => isUnderstood !== NEVER && pattern.test(id));
}

/** `2024-05-01`, `20240501-1200`, with or without a time. */
const DATE = /-?(?:19|20)\d{2}-?[01]\d-?[0-3]\d(?:-?T?\d{2}-?\d{2}(?:-?\d{2})?Z?)?(?=-|$)/g;

type Make = (parts: string[], name: string) => string | undefined;

/** A tool of which there is one output. */
const only =
  (id: string): Make =>
  () =>
    id;
/** A tool whose outputs may have any name behind its own. */
const any =
  (id: string): Make =>
  (_, name) =>
    name.toLowerCase() === id ? id : `${id}-${name}`;

const DISK = String.raw`((?:[hsv]d[a-z]+|xvd[a-z]+)|nvme\d+(?:n\d+)?|mmcblk\d+|dasd[a-z]+|(?:cciss|ida|rd)!c\d+d\d+|pmem\d+)(?=-)`;
const NIC = '(?:(?:dev|iface)-)?([A-Za-z][A-Za-z0-9:!]{1,14})-';

/** The word in a name, and which output it is; the longer word first. */
const NAMES: readonly (readonly [RegExp, Make])[] = [
  [/-redfish-/i, any('redfish')],
  [/-facter-/i, any('facter')],
  [/-smartctl(?:-\w+)*?-(?:megaraid|cciss|areca|3ware|aacraid)-/i, (_, name) => `smartctl-behind-${name}`],
  [new RegExp(`-(?i:smartctl)(?:-\\w+)*?-${DISK}`), ([disk]) => `smartctl-${disk}`],
  [new RegExp(`-${DISK}(?:-\\w+)*?-(?i:smartctl)-`), ([disk]) => `smartctl-${disk}`],
  [new RegExp(`-(?i:hdparm)(?:-\\w+)*?-${DISK}`), ([disk]) => `hdparm-${disk}`],
  [/-nvme-(id-ctrl|smart-log)(?:-\w+)*?-(nvme\d+)/i, ([what, controller]) => `nvme-${what}-${controller}`],
  [/-nvme-list-/i, only('nvme-list')],
  [new RegExp(`-(?i:ethtool)-(?:show-priv-flags|private-flags)-${NIC}`), ([nic]) => `ethtool-private-flags-${nic}`],
  [new RegExp(`-(?i:ethtool)-(?:P|permanent)-${NIC}`), ([nic]) => `ethtool-permanent-${nic}`],
  [new RegExp(`-(?i:ethtool)-(?:i|driver)-${NIC}`), ([nic]) => `ethtool-driver-${nic}`],
  [new RegExp(`-(?i:ethtool)-(?:m|module)-${NIC}`), ([nic]) => `ethtool-module-${nic}`],
  [new RegExp(`-(?i:ethtool)-${NIC}`), ([nic]) => `ethtool-${nic}`],
  [
    /-(?:ipmi|ipmitool)-(mc-info|lan6-print|fru-print|user-summary|sdr-info|sel-info|sel-elist)-/i,
    ([what]) => `ipmi-${what?.toLowerCase()}`,
  ],
  [
    /-(?:ipmi|ipmitool)-lan-print(?:-(\d{1,2}))?-/i,
    ([channel]) => (channel === '' || channel === '1' ? 'ipmi-lan-print' : `ipmi-lan-print-${channel}`),
  ],
  [/-(?:ipmi|ipmitool)-(sdr|sensor)-/i, ([what]) => `ipmi-${what?.toLowerCase()}`],
  [
    /-(?:ipmi|ipmitool)-(fru|lan|mc)-/i,
    ([what]) => ({ fru: 'ipmi-fru-print', lan: 'ipmi-lan-print', mc: 'ipmi-mc-info' })[what?.toLowerCase() ?? ''],
  ],
  [/-(?:ipmi|ipmitool)-sel-/i, only('ipmi-sel-elist')],
  [/-(storcli|perccli|megacli)2?(?:64)?-/i, ([tool], name) => `${tool?.toLowerCase()}-${name}`],
  [/-(?:ssacli|hpssacli|hpacucli)-/i, only('ssacli')],
  [/-mdadm-/i, (_, name) => `mdadm-examine-${name}`],
  [/-(?:lvm-)?(pvs|vgs|lvs)-/i, ([what]) => `lvm-${what?.toLowerCase()}`],
  [/-ip-(?:\w+-)*?(?:a|addr|address)-/i, only('ip-address')],
  [/-ip-(?:\w+-)*?(?:l|link)-/i, only('ip-link')],
  [/-nvidia-smi-/i, only('nvidia-smi')],
  [/-rocm-smi-/i, only('rocm-smi')],
  [/-(?:lldpctl|lldpcli|lldp)-/i, only('lldpctl')],
  [/-(lscpu|lspci|lsusb|lshw|lsblk|efibootmgr|multipath|ibstat)-/i, ([tool]) => tool?.toLowerCase()],
  [/-(?:dmidecode|dmi|smbios)-/i, any('dmidecode')],
  [/-(cpuinfo|meminfo)-/i, ([file]) => `fs/proc/${file?.toLowerCase()}`],
];
