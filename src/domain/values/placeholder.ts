import { isFieldName } from './field-name.ts';
import { isNoNumber } from './no-number.ts';
import { isSampleNumber } from './sample-number.ts';
import { cleanValue } from './text.ts';

/**
 * The value of a field, or undefined when there is none behind the text: what the firmware's author left in (a word for nothing, a sentence about what
 * is to be filled in, the name of the field itself), and what a tool says where it could not read.
 */
export function meaningful(raw: string | undefined): string | undefined {
  const value = cleanValue(raw);
  return value === undefined || isPlaceholder(value) ? undefined : value;
}

/**
 * As {@link meaningful}, for what people and makers name a thing by beside its number, such as asset tags, versions and SKUs: one character again and again,
 * what was counted up or down, and bytes that are no text are none. Short ones may be a person's own: of ten thousand tags one is 1111.
 */
export function meaningfulLabel(raw: string | undefined): string | undefined {
  const value = meaningful(raw);
  if (value === undefined || isNoText(value) || IDENTITY_WORDS.test(bare(value).toLowerCase())) return undefined;
  const isShort = value.length < 6 && !/^[0-]*$/.test(value);
  return !isShort && isSampleNumber(value) ? undefined : value;
}

/** As {@link meaningful}, for serial numbers and UUIDs: samples, redacted ones, words of any language, dates and bytes that are no text are none. */
export function meaningfulIdentity(raw: string | undefined): string | undefined {
  const value = meaningful(raw);
  if (value === undefined || isSampleNumber(value) || isNoText(value) || isNoNumber(value)) return undefined;
  return IDENTITY_WORDS.test(bare(value).toLowerCase()) ? undefined : value;
}

function isPlaceholder(value: string): boolean {
  const word = bare(value);
  return [word, inWords(word)].some((text) => isNothing(text.toLowerCase()));
}

function isNothing(word: string): boolean {
  const behindLabel = /^(?:s\/?n|serial(?: ?(?:number|no\.?))?|asset ?tag) ?[:=#] ?(.*)$/.exec(word)?.[1];
  if (behindLabel !== undefined && (isNothing(behindLabel) || /^0*$/.test(behindLabel))) return true;
  return WORDS.has(word.replaceAll(/ ?\/ ?/g, '/')) || SENTENCES.some((pattern) => pattern.test(word)) || isFieldName(word);
}

/** `[N/A]`, `<Not Specified>`, `"none"`. */
function bare(value: string): string {
  return value.replace(/^["'`[(<{]+(.*?)["'`\])>}]+$/, '$1').trim();
}

/** `Not_Specified` and `DefaultString` as they would be written with blanks. */
function inWords(text: string): string {
  return text.replaceAll('_', ' ').replaceAll(/(\p{Ll})(?=\p{Lu})/gu, '$1 ');
}

/** Words for nothing, in the languages of those who make and translate firmware. */
const WORDS = new Set([
  ...`none n/a n.a. n.a na nil null void empty blank undefined unspecified undetermined unassigned uninitialized unavailable unsupported invalid default
  tbd t.b.d. tbf tba tbc todo fixme reserved proto eval s/n p/n oem o.e.m. o.e.m err err! error family x.x unbekannt keine keiner inconnu inconnue aucun aucune desconocido ninguno
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
  /\bfill(ed)?( in| out)? by\b|^(to ?be)?filled ?by/,
  // written in one word: a participle that is denied
  /^(not|un)\p{L}{2,}(ed|able)$(?<!^united)|^(not|no|un)(set|found|present|known|given|serial|serial(number|no)|sn|tag|asset ?tag|name)$/u,
  /^null string$|^(value|data) (not|is not|un)/,
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
