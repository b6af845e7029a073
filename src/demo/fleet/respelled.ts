import { seededRandom } from './seeded-random.ts';

/** Keys of a record whose values belong to one machine alone. */
const OWN =
  /^(?:serial|uuid|mac|permanentMac|wwn|guid|nguid|eui64|assetTag|wwpn|wwnn|sasAddress|bootNicMac|boardSerial|productSerial|chassisSerial|productAssetTag)$/;
const MAC = /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i;
/** Numbers that no machine has alone: they stay, as they do in real fleets. */
const PLACEHOLDER = /^(?:0+|(?:[0:-]+)|To Be Filled.*|Not Specified|None|N\/A|Default string|[xX*]+|REDACTED|.{0,3})$/i;

/** A copy of a record as of another machine of its model: numbers are others of the same form, equal ones stay equal. */
export function respelled<Value>(value: Value, machine: string): Value {
  return copied(value, '', machine) as Value;
}

function copied(value: unknown, key: string, machine: string): unknown {
  if (Array.isArray(value)) return value.map((item) => copied(item, key, machine));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, copied(part, name, machine)]));
  return typeof value === 'string' && OWN.test(key) && !PLACEHOLDER.test(value) ? anotherNumber(value, machine) : value;
}

/** Digits become digits and letters letters; the first half of a MAC address names the maker and stays. */
function anotherNumber(value: string, machine: string): string {
  const { next } = seededRandom(machine, value.toLowerCase());
  const isHex = /^(?:0x)?[0-9a-f:.-]+$/i.test(value);
  const kept = MAC.test(value) ? 8 : value.startsWith('0x') ? 2 : 0;
  const digit = (character: string): string => {
    if (/\d/.test(character)) return String(Math.floor(next() * 10));
    const alphabet = isHex ? 'abcdef' : 'ABCDEFGHJKLMNPRSTUVWXYZ';
    const letter = alphabet[Math.floor(next() * alphabet.length)] ?? 'a';
    return character === character.toUpperCase() ? letter.toUpperCase() : letter.toLowerCase();
  };
  return value.slice(0, kept) + value.slice(kept).replaceAll(/[0-9A-Za-z]/g, digit);
}
