import type { Capture, CapturedCommand } from '../domain/capture.ts';
import { CUSTOM_PREFIX } from '../domain/collectors.ts';
import type { RawFile } from '../domain/record/raw-file.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { decodeText, wholeLines } from '../domain/values/text.ts';
import type { Readings } from './readings/readings.ts';
import { isSmbiosDump } from './smbios/table.ts';
import { parseSmartctl } from './tools/smartctl/json.ts';
import { readJson } from './values/json-repair.ts';
import { isObject } from './values/json-value.ts';
import { keyValueLines } from './values/key-value-lines.ts';
import { commandFailure } from './values/section.ts';

type RawCapture = Pick<Capture, 'index' | 'output' | 'errorOutput' | 'rawPaths'>;

/** What became of each file of `raw/`: used, empty, refused by its tool, or not understood, with the reason. In the order of their names. */
export function rawFiles(capture: RawCapture, readings: Readings): RawFile[] {
  return capture.rawPaths().flatMap((path) => {
    const [, id, ending] = /^raw\/(.+)\.(out|bin|err)$/.exec(path) ?? [];
    if (ending === 'err') return [];
    if (id === undefined) return [{ path, state: 'not understood' as const, reason: wrongName(path) }];
    const command = capture.index.commands.find((found) => found.id === id);
    // of a tool that is not there recon writes an empty file, and the row of its command says so
    if (command?.status === 'absent' && (capture.output(id)?.length ?? 0) === 0) return [];
    return [{ path, ...stateOf(id, command, capture, readings) }];
  });
}

function wrongName(path: string): string {
  const name = path.replace(/^raw\//, '').replace(/\.[^.]*$/, '');
  const row = FORMATS.find(([id]) => id.test(name));
  return row === undefined ? 'no tool of docs/capture.md has files of this name' : `its name has to end with .out: raw/${name}.out`;
}

type State = Pick<RawFile, 'state' | 'reason'>;

function stateOf(id: string, command: CapturedCommand | undefined, capture: RawCapture, readings: Readings): State {
  const bytes = capture.output(id) ?? Buffer.alloc(0);
  const row = FORMATS.find(([pattern]) => pattern.test(id));
  if (command === undefined) return { state: 'not understood', reason: 'capture.json does not name it' };
  if (row === undefined) return { state: 'not understood', reason: 'no tool of docs/capture.md has files of this name' };
  const text = decodeText(bytes);
  if (text.trim() === '') return { state: 'empty', ...definedOnly({ reason: commandFailure(capture, command) }) };
  const json = /^\s*[[{]/.test(text) ? readJson(text) : undefined;
  const refusal = commandFailure(capture, command) ?? refusalIn(text, json?.value);
  const [, format, isUnderstood] = row;
  if (isUnderstood({ id, text, bytes, readings })) {
    const repaired = json === undefined || json.repairs.length === 0 ? undefined : `set right: ${json.repairs.join(', ')}`;
    return { state: 'used', ...definedOnly({ reason: repaired }) };
  }
  if (refusal !== undefined) return { state: 'refused', reason: refusal };
  if ((json !== undefined && !hasValue(json.value)) || NOTHING.test(text))
    return { state: 'empty', reason: 'it says that there is nothing' };
  if (json === undefined && !/^\s*[[{<]/.test(text) && wholeLines(text) === '')
    return { state: 'not understood', reason: `its only line has no end; expected: ${format}` };
  return { state: 'not understood', reason: `expected: ${format}` };
}

/** What a tool prints where there is nothing to list. */
const NOTHING =
  /^\s*(SEL has no entries|no (private flags|devices?|neighbors?|controllers?|volume groups?|sensor)s?\b.*|.*\bno such (file|device)\b.*|EFI variables are not supported.*)\s*$/i;

/** Words of failure in an output that ended well, or whose end nobody knows. */
function refusalIn(text: string, json: unknown): string | undefined {
  const answers = isObject(json) && Array.isArray(json['Controllers']) ? JSON.stringify(json['Controllers']) : '';
  if (/"Status":"Failure"/.test(answers)) return 'the tool answered: Failure';
  const messages = /"exit_status":\s*[123]\b/.test(text) ? /"string":\s*"([^"]+)"/.exec(text)?.[1] : undefined;
  const line =
    /^.*\b(permission denied|must be root|requires root|command not found|not permitted|unable to|could not open|open device: .* failed)\b.*$/im.exec(
      text,
    )?.[0];
  return messages ?? line?.trim().slice(0, 200);
}

function hasValue(json: unknown): boolean {
  if (typeof json !== 'object' || json === null) return json !== null;
  return Object.values(json).some(hasValue);
}

interface Printed {
  id: string;
  text: string;
  bytes: Buffer;
  readings: Readings;
}

type Row = readonly [id: RegExp, format: string, isUnderstood: (printed: Printed) => boolean];

const behind = (id: string, prefix: string): string => id.slice(prefix.length);
const saysKeys = ({ text }: Printed): boolean => keyValueLines(text).size > 0;

/** Whose files these are, what is expected in them (docs/capture.md), and whether something of one was read. */
const FORMATS: readonly Row[] = [
  [/^dmidecode(-.+)?$/, 'the text of dmidecode', ({ text, bytes }) => /^Handle 0x[0-9a-f]+, DMI type/im.test(text) || isSmbiosDump(bytes)],
  [/^lscpu$/, 'lscpu, or lscpu -J', ({ readings }) => readings.lscpu.size > 0],
  [/^lspci$/, 'lspci -Dvmmnnk, or lspci -nnk', ({ readings }) => readings.lspci.items.length > 0],
  [/^lsusb$/, 'lsusb', ({ readings }) => readings.lsusb.items.length > 0],
  [/^efibootmgr$/, 'efibootmgr', ({ text }) => /^Boot(Current|Order|Next|[0-9A-F]{4})\b/im.test(text)],
  [/^nvidia-smi$/, 'nvidia-smi -q -x', ({ readings }) => readings.nvidiaSmi.length > 0],
  [/^rocm-smi$/, 'rocm-smi -a --json', ({ readings }) => readings.rocmSmi.length > 0],
  [/^lshw$/, 'lshw -json or -xml, whole', ({ readings }) => readings.lshw.length > 0],
  [/^lsblk$/, 'lsblk --json', ({ readings }) => readings.lsblk.size > 0],
  [/^smartctl-scan$/, 'smartctl --scan-open --json', ({ text }) => /"devices"|"smartctl"/.test(text)],
  [/^smartctl-behind-/, 'smartctl --json -d …', ({ bytes }) => parseSmartctl(bytes) !== undefined],
  [
    /^smartctl-/,
    'smartctl --json, or the text of smartctl -a',
    ({ id, readings }) => readings.smartctl(behind(id, 'smartctl-')) !== undefined,
  ],
  [/^hdparm-/, 'hdparm -I', ({ id, readings }) => readings.hdparm(behind(id, 'hdparm-')) !== undefined],
  [/^multipath$/, 'multipath -ll', ({ readings }) => readings.multipath.size > 0],
  [/^nvme-list$/, 'nvme list -o json', ({ readings }) => readings.nvmeList.size > 0],
  [/^nvme-(id-ctrl|smart-log)-/, 'nvme … -o json', ({ text }) => /"(sn|mn|temperature|critical_warning)"/.test(text)],
  [/^(storcli|perccli)/, 'storcli64 … J', ({ text }) => /"Response Data"\s*:\s*\{\s*"/.test(text)],
  [/^ssacli$/, 'ssacli ctrl all show config detail', ({ readings }) => readings.ssacli.length > 0],
  [/^mdadm-examine/, 'mdadm --examine', ({ text }) => /^\s+Magic : /m.test(text)],
  [/^lvm-(pvs|vgs|lvs)$/, 'lvm … --reportformat json', ({ text }) => /"(pv|vg|lv)_name"/.test(text)],
  [/^sg-ses-/, 'sg_ses --join', ({ text }) => /Element type: /.test(text)],
  [/^ip-address$/, 'ip -json -details address', ({ readings }) => readings.ipAddress.size > 0],
  [/^ip-link$/, 'ip -json -details link', ({ readings }) => readings.ipLink.size > 0],
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
  [new RegExp(`^${CUSTOM_PREFIX}`), 'anything', () => true],
];
