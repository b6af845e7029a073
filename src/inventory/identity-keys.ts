import type { NodeRecord } from '../domain/node-record.ts';
import { meaningfulIdentity } from './placeholder.ts';

export type KeyKind = 'uuid' | 'serial' | 'board-serial' | 'bmc-mac' | 'nic' | 'disk';

/** One thing that tells a machine from others. Firmware kinds are written by people, the others are burnt in by makers. */
export interface IdentityKey {
  kind: KeyKind;
  value: string;
}

export interface Fingerprint {
  keys: IdentityKey[];
  /** 0 to 100: how sure this machine can be told from others; below 40 one key alone would decide */
  score: number;
}

const WEIGHTS: Readonly<Record<KeyKind, number>> = { uuid: 25, serial: 25, 'board-serial': 20, 'bmc-mac': 40, nic: 30, disk: 15 };

/** The keys of a record without values that are known to be shared, sorted, and how much they are worth together. */
export function fingerprint({ sections }: NodeRecord): Fingerprint {
  const dataOf = <T>(section: { status: string; data?: T } | undefined): T | undefined =>
    section?.status === 'ok' ? section.data : undefined;
  const system = dataOf(sections.system);
  const nics = (dataOf(sections.nics) ?? []).filter((nic) => nic.bus !== 'usb' && nic.bmcLink !== true && nic.virtualFunction !== true);
  const candidates: [KeyKind, string | undefined][] = [
    ['uuid', uuidKey(system?.uuid)],
    ['serial', serialKey(system?.serial)],
    ['board-serial', serialKey(dataOf(sections.board)?.serial)],
    ['bmc-mac', macKey(dataOf(sections.bmc)?.mac)],
    ...nics.map((nic): [KeyKind, string | undefined] => ['nic', nic.guid ?? macKey(nic.permanentMac ?? nic.mac)]),
    ...(dataOf(sections.disks) ?? []).map((disk): [KeyKind, string | undefined] => [
      'disk',
      disk.wwn?.toLowerCase() ?? serialKey(disk.serial),
    ]),
  ];
  const keys = new Map(candidates.flatMap(([kind, value]) => (value === undefined ? [] : [[`${kind} ${value}`, { kind, value }]])));
  const kinds = new Set([...keys.values()].map((key) => key.kind));
  const worth = [...kinds].reduce((sum, kind) => sum + WEIGHTS[kind], 0);
  return { keys: [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => key), score: Math.min(100, worth) };
}

/** UUIDs that unrelated boards share, and those that are only a MAC address behind zeros. */
const SHARED_UUIDS = [
  /^03000200-0400-0500-0006-000700080009$/,
  /^00020003-0004-0005-0006-000700080009$/,
  /^12345678-1234-/,
  /^0{8}-0{4}-0{4}-0{4}-/,
  /^(.)\1{7}-/,
];

/** Old and new dmidecode write the first three groups in different byte orders: of the two spellings the smaller one. */
function uuidKey(raw: string | undefined): string | undefined {
  const uuid = meaningfulIdentity(raw)?.toLowerCase();
  if (uuid === undefined || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid)) return undefined;
  if (SHARED_UUIDS.some((pattern) => pattern.test(uuid))) return undefined;
  const groups = uuid.split('-');
  const turned = groups.map((group, at) => (at < 3 ? (group.match(/../g) ?? []).reverse().join('') : group)).join('-');
  return [uuid, turned].sort()[0];
}

const SHARED_SERIALS =
  /^(.)\1*$|^0?1234567|^1234$|^abcdefg|^0x0+$|^(none|serial|sernum|default|empty|test|redacted|oem)|^aaaabbbbcccc|^volume\d+$/i;

function serialKey(raw: string | undefined): string | undefined {
  const serial = meaningfulIdentity(raw)?.toLowerCase();
  return serial === undefined || serial.length < 4 || SHARED_SERIALS.test(serial) ? undefined : serial;
}

const SHARED_MACS = /^(00:){5}|^(ff:){5}|^00:11:22:33:44:55$|^00:01:02:03:04:05$|^12:34:56:78:9a:bc$|^00:de:ad:be:ef/;

/** A group address is no address of a port. */
function macKey(raw: string | undefined): string | undefined {
  const mac = raw?.toLowerCase() ?? '';
  const isPort = /^[0-9a-f][02468ace](:[0-9a-f]{2}){5}$/.test(mac);
  return isPort && !SHARED_MACS.test(mac) ? mac : undefined;
}
