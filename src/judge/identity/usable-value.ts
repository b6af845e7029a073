import type { KeyKind } from '../../domain/record/identity.ts';
import { meaningful, meaningfulIdentity } from '../../domain/values/placeholder.ts';
import { sampleUuid } from '../../domain/values/sample-number.ts';
import { cleanValue } from '../../domain/values/text.ts';

/** A value as a key, or why it is none. Undefined when there is no value at all. */
export type Judged = { value: string } | { ignored: string; reason: string } | undefined;

/** Takes what a record says and applies the lists of values that unrelated machines share. */
export function judgeValue(kind: KeyKind, raw: string | undefined): Judged {
  if (raw === undefined || raw.trim() === '') return undefined;
  const judged = JUDGES[kind](raw);
  return judged.value === undefined ? { ignored: raw, reason: judged.reason } : { value: judged.value };
}

const JUDGES: Readonly<Record<KeyKind, (raw: string) => Outcome>> = {
  uuid: uuidKey,
  serial: serialKey,
  'board-serial': serialKey,
  'bmc-mac': macKey,
  nic: macKey,
  disk: diskKey,
};

type Outcome = { value: string } | { value?: never; reason: string };
const PLACEHOLDER = { reason: 'a placeholder that the maker left in' };

/** UUIDs that are made of something else. */
const SHARED_UUIDS: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^0{8}-0{4}-0{4}-0{4}-/, 'a MAC address behind zeros, not a UUID'],
  [/^(.)\1{7}-/, 'one digit again and again'],
];

/** Old and new dmidecode write the first three groups in different byte orders: of the two spellings the smaller one. */
function uuidKey(raw: string): Outcome {
  const uuid = meaningful(raw)?.toLowerCase();
  if (uuid === undefined || /^[0-]+$|^[f-]+$/.test(uuid)) return PLACEHOLDER;
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid)) return { reason: 'not a UUID' };
  const shared = SHARED_UUIDS.find(([pattern]) => pattern.test(uuid));
  const reason = shared?.[1] ?? sampleUuid(uuid);
  if (reason !== undefined) return { reason };
  const groups = uuid.split('-');
  const turned = groups.map((group, at) => (at < 3 ? (group.match(/../g) ?? []).reverse().join('') : group)).join('-');
  return { value: [uuid, turned].sort()[0] ?? uuid };
}

/** In lower case; values that the firmware's author left in are gone before. */
const SHARED_SERIALS: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^(.)\1*$/, 'one character again and again'],
  [/^0?1234567|^1234$|^abcdefg|^aaaabbbbcccc/, 'counted-up characters'],
  [/^(none|serial|sernum|default|empty|test|redacted|oem)/, 'a word instead of a number'],
  [/^volume\d+$/, 'the name of a RAID volume'],
];

function serialKey(raw: string): Outcome {
  const serial = cleanValue(raw)?.toLowerCase() ?? '';
  const shared = SHARED_SERIALS.find(([pattern]) => pattern.test(serial));
  const isNumber = meaningfulIdentity(raw) !== undefined;
  if (shared === undefined && !isNumber) return PLACEHOLDER;
  if (isNumber && serial.length < 4) return { reason: 'too short' };
  return shared === undefined ? { value: serial } : { reason: shared[1] };
}

/** Hypervisors name their disks, and name them all alike; makers number them. */
function diskKey(raw: string): Outcome {
  return /\d/.test(raw) ? serialKey(raw) : { reason: 'a name without a digit' };
}

const SHARED_MACS = /^(00:){5}|^00:11:22:33:44:55$|^00:01:02:03:04:05$|^12:34:56:78:9a:bc$|^00:de:ad:be:ef/;

/** A group address is no address of a port. */
function macKey(raw: string): Outcome {
  const mac = raw.toLowerCase();
  if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(mac)) return { reason: 'not a MAC address' };
  if (!/^.[02468ace]/.test(mac)) return { reason: 'a group address' };
  return SHARED_MACS.test(mac) ? { reason: 'a sample address' } : { value: mac };
}
