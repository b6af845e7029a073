import { isFieldName } from './field-name.ts';
import { isSampleNumber } from './sample-number.ts';
import { cleanValue } from './text.ts';

/**
 * The value of a field, or undefined when there is none behind the text: what the firmware's author left in (a word for nothing, a sentence about what
 * is to be filled in, the name of the field itself), and what a tool says where it could not read.
 */
export function meaningful(raw: string | undefined): string | undefined {
  const value = cleanValue(raw);
  if (value === undefined) return undefined;
  const word = value.toLowerCase().replace(BRACKETS, '$1').trim();
  return WORDS.has(word) || SENTENCES.some((pattern) => pattern.test(word)) || isFieldName(word) ? undefined : value;
}

/** As {@link meaningful}, for serial numbers, asset tags and UUIDs: one character again and again, what was counted up or down, and bytes that are no text are none. */
export function meaningfulIdentity(raw: string | undefined): string | undefined {
  const value = meaningful(raw);
  if (value === undefined || isSampleNumber(value) || isNoText(value)) return undefined;
  return IDENTITY_WORDS.test(value.toLowerCase()) ? undefined : value;
}

/** `[N/A]`, `<Not Specified>`, `"none"`. */
const BRACKETS = /^["'`[(<{]+(.*?)["'`\])>}]+$/;

/** Words for nothing, in the languages of those who make and translate firmware. */
const WORDS = new Set([
  ...`none n/a n.a. n.a na nil null void empty blank undefined unspecified undetermined unassigned uninitialized unavailable unsupported invalid default
  tbd t.b.d. tbf oem o.e.m. o.e.m err err! error family x.x asset-1234567890 unbekannt keine keiner inconnu inconnue aucun aucune desconocido ninguno
  sconosciuto nessuno onbekend geen okänd ukendt неизвестно нет 不明 なし 未知 无 空 未指定 默认 默认字符串 없음`.split(/\s+/),
  'out of spec',
  'bad index',
  'nicht angegeben',
  'nicht verfügbar',
  'nicht vorhanden',
  'non spécifié',
  'non défini',
  'non disponible',
  'no especificado',
  'no disponible',
  'non specificato',
  '알 수 없음',
]);

/** Sentences and errors, of any length. The number of words that may follow is not known: makers add their own. */
const SENTENCES: readonly RegExp[] = [
  // nothing but marks
  /^[^\p{L}\p{N}]+$/u,
  /^x{4,}$/,
  // "Unknow", "Unkown", "Unknown Error"
  /^un(k|kn|kno|know|known|kown|konwn|knwon|nown)\b/,
  /^(not|non)[ -](?!stop\b)/,
  /^no[ -](dimm|module|memory|enclosure|asset|serial|part|tag|name|card|data|info|information|value|version|sku|oem|string|device|reading)\b/,
  /^(to|2) ?be\b/,
  /\bfill(ed)?( in| out)? by\b/,
  /^default( (string|text|value|name|data))?\d{0,2}$|^(sample|example|place ?holder) (string|text|value|name|data)\d{0,2}$/,
  /^(oem|o\.e\.m\.)[ _-]?(define|string|specific|default)?[ _-]?\d{0,2}$/,
  /^please\b|^(enter|insert|type|input|put|your)\b.*\b(here|serial|number|name|tag|model|version|value|string)\b/,
  // what tools write where they could not read
  /^(unable|failed|cannot|can't|could not|couldn't|failure) (to|read|get|open|determine)\b/,
  /^(read|io|i\/o|access|checksum|crc|communication|parse) ?(error|failed|failure|denied)\b/,
  /^(gpu is lost|gpu requires reset|reset required|insufficient permissions|permission denied|no permission|requires? root|requested functionality)/,
  /^(no module installed|device not present|no such device|timed? ?out)\b/,
  /\b(manufacturer|number|tag|version|name) not set$/,
];

/** What whoever gave a recording away wrote in place of a number, and words that are no number. */
const IDENTITY_WORDS =
  /^(dummy|redacted|removed|hidden|masked|censored|anonymi[sz]ed|private|confidential|secret|test|testing|fake|demo)( ?(serial|sn|no\.?|number))?[ _-]?\d{0,2}$/;

/** Of a text of unknown bytes decoding leaves U+FFFD, and dmidecode dots (DSP0134 demands printable characters). */
function isNoText(value: string): boolean {
  const letters = value.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return value.includes('\ufffd') || letters === 0 || (value.length >= 4 && letters * 3 <= value.length);
}
