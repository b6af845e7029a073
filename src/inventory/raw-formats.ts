import { CUSTOM_PREFIX } from '../domain/collectors.ts';
import { machineIn, machineNamed } from './readings/dmi.ts';
import type { Readings } from './readings/readings.ts';
import { recordsOfType } from './smbios/dmidecode-text.ts';
import { isSmbiosDump } from './smbios/table.ts';
import { parseFacter } from './tools/facter/facter.ts';
import { lvmRows } from './tools/lvm/rows.ts';
import { parseMegacli } from './tools/megacli/megacli.ts';
import { redfishResources } from './tools/redfish/resources.ts';
import { parseSmartctl } from './tools/smartctl/json.ts';
import { parseStorcli } from './tools/storcli/storcli.ts';
import { ASKED_DISK } from './values/asked-disk.ts';
import { keyValueLines } from './values/key-value-lines.ts';

/** What is in one file of `raw/`, and what was read of all. */
export interface Printed {
  id: string;
  text: string;
  bytes: Buffer;
  readings: Readings;
}

/** Whose files these are, what is expected in them (docs/capture.md), and whether something of one was read. */
export type RawFormat = readonly [id: RegExp, format: string, isUnderstood: (printed: Printed) => boolean];

/** Of two machines whose texts lie in one directory one is read. */
function isOfThisMachine(text: string, { dmi }: Readings): boolean {
  const [named, read] = [machineIn(text), recordsOfType(dmi, 1)[0]];
  return named === undefined || read === undefined || machineNamed(read) === named;
}

function isTold({ told }: Readings, by: string): boolean {
  return told.some((facts) => facts.by === by);
}

function hasLvmRows(id: string, bytes: Buffer): boolean {
  const kind = (['pv', 'vg', 'lv'] as const).find((one) => id === `lvm-${one}s`);
  return kind !== undefined && lvmRows(bytes, kind).some((row) => row[`${kind}_name`] !== undefined);
}

function hasTextAnswer(bytes: Buffer): boolean {
  return parseStorcli([bytes], 'storcli').controllers.length > 0;
}

/** Files of the calls that are made for each disk, or for the controller of one. */
function ofDisk(tool: string): RegExp {
  return new RegExp(`^${tool}-(?:${ASKED_DISK.source.slice(1, -1)}|nvme\\d+)$`);
}

const behind = (id: string, prefix: string): string => id.slice(prefix.length);
const saysKeys = ({ text }: Printed): boolean => keyValueLines(text).size > 0;

/** Of a name that says too little. */
export const NEVER = (): boolean => false;

/** The files of `raw/` that a parser reads; the first row of a name counts. Each has an example in docs/capture-examples.md. */
export const FORMATS: readonly RawFormat[] = [
  [
    /^dmidecode(-.+)?$/,
    'the text of dmidecode, of one machine',
    ({ text, bytes, readings }) => isSmbiosDump(bytes) || (/^Handle 0x[0-9a-f]+, DMI type/im.test(text) && isOfThisMachine(text, readings)),
  ],
  [/^lscpu$/, 'lscpu, or lscpu -J', ({ readings }) => readings.lscpu.size > 0],
  [/^lspci$/, 'lspci -Dvmmnnk, or lspci with other options', ({ readings }) => readings.lspci.items.length > 0],
  [/^lsusb$/, 'lsusb', ({ readings }) => readings.lsusb.items.length > 0],
  [/^efibootmgr$/, 'efibootmgr', ({ text }) => /^Boot(Current|Order|Next|[0-9A-F]{4})\b/im.test(text)],
  [/^nvidia-smi$/, 'nvidia-smi -q -x', ({ readings }) => readings.nvidiaSmi.length > 0],
  [/^rocm-smi$/, 'rocm-smi -a --json', ({ readings }) => readings.rocmSmi.length > 0],
  [/^lshw$/, 'lshw -json or -xml, whole', ({ readings }) => readings.lshw.length > 0],
  [/^lsblk$/, 'lsblk --json', ({ readings }) => readings.lsblk.size > 0],
  [/^smartctl-scan$/, 'smartctl --scan-open --json', ({ text }) => /"devices"|"smartctl"/.test(text)],
  [/^smartctl-behind-/, 'smartctl --json -d …', ({ bytes }) => parseSmartctl(bytes) !== undefined],
  [
    ofDisk('smartctl'),
    'smartctl --json, or the text of smartctl -a',
    ({ id, readings }) => readings.smartctl(behind(id, 'smartctl-')) !== undefined,
  ],
  [ofDisk('hdparm'), 'hdparm -I', ({ id, readings }) => readings.hdparm(behind(id, 'hdparm-')) !== undefined],
  [/^(smartctl|hdparm)-/, 'a name that says which disk it is of: smartctl-sda.out', NEVER],
  [/^multipath$/, 'multipath -ll', ({ readings }) => readings.multipath.size > 0],
  [/^nvme-list$/, 'nvme list -o json', ({ readings }) => readings.nvmeList.size > 0],
  [/^nvme-(id-ctrl|smart-log)-/, 'nvme … -o json', ({ text }) => /"(sn|mn|temperature|critical_warning)"/.test(text)],
  [
    /^(storcli|perccli)/,
    'storcli64 … J, or its text',
    ({ bytes, text }) => /"Response Data"\s*:\s*\{\s*"/.test(text) || hasTextAnswer(bytes),
  ],
  [
    /^megacli/,
    'MegaCli -PDList, -LDInfo, -AdpAllInfo, -LdPdInfo, -CfgDsply or -AdpBbuCmd',
    ({ bytes }) => parseMegacli([bytes]).length > 0,
  ],
  [/^ssacli$/, 'ssacli ctrl all show config detail', ({ readings }) => readings.ssacli.length > 0],
  [/^mdadm-examine/, 'mdadm --examine', ({ text }) => /^\s+Magic : /m.test(text)],
  [/^lvm-(pvs|vgs|lvs)$/, 'lvm … --reportformat json, or its table with the headings', ({ id, bytes }) => hasLvmRows(id, bytes)],
  [/^sg-ses-/, 'sg_ses --join', ({ text }) => /Element type: /.test(text)],
  [/^ip-address$/, 'ip -json -details address, or its text', ({ readings }) => readings.ipAddress.size > 0],
  [/^ip-link$/, 'ip -json -details link, or its text', ({ readings }) => readings.ipLink.size > 0],
  [/^ethtool-permanent-/, 'ethtool -P', ({ text }) => /^Permanent address:/im.test(text)],
  [/^ethtool-/, 'ethtool', saysKeys],
  [/^lldpctl$/, 'lldpctl -f json, json0, xml or keyvalue', ({ readings }) => readings.lldpctl.size > 0],
  [/^ibstat$/, 'ibstat', ({ readings }) => readings.ibstat.length > 0],
  [/^ipmi-(sdr|sensor)$/, 'ipmitool sdr, or sensor', ({ text }) => /^[^|\n]+\|[^|\n]+\|/m.test(text)],
  [/^ipmi-sel-elist$/, 'ipmitool sel elist', ({ text }) => /^ *[0-9a-f]{1,4} \|.*\|/im.test(text)],
  [
    /^ipmi-(mc-info|lan-print|lan-print-\d{1,2}|lan6-print|fru-print|user-summary|sdr-info|sel-info)$/,
    'ipmitool, names and values',
    saysKeys,
  ],
  [
    /^redfish(-|$)/,
    'Redfish JSON of one machine, this one',
    ({ bytes, readings }) => redfishResources([bytes]).length > 0 && isTold(readings, 'Redfish'),
  ],
  [
    /^facter(-|$)/,
    'facter --json or --yaml, of this machine',
    ({ bytes, readings }) => parseFacter(bytes) !== undefined && isTold(readings, 'facter'),
  ],
  [new RegExp(`^${CUSTOM_PREFIX}`), 'anything', () => true],
];
