/**
 * Whether a text in lower case is nothing but the name of a field: `system serial number`, `type1 - serialnumber`, `sku`, and those that some firmware
 * numbers by slot, `a1_sernum0`, `dimmg2_assettag (date:21/49)`.
 */
export function isFieldName(text: string): boolean {
  const tokens = text.replace(/\s*\((date|sn|id)?[:\d/ .-]*\)$/, '').match(/[a-z0-9.]+/g) ?? [];
  if (tokens.length === 0 || tokens.length > 8 || /[^\x20-\x7e]/.test(text)) return false;
  const names = tokens.filter((token) => FIELD.test(token));
  const isCompound = tokens.some((token) => COMPOUND.test(token)) || /\b(serial|part) (number|num|no)\b|\basset tag\b/.test(text);
  if (/^((system|base ?board|board|product|chassis) )+name\d{0,2}$/.test(text)) return true;
  // alone these are words that a maker may mean
  if (tokens.length === 1 && /^(model|string|tag|part|no|num|number|vendor|maker|ser|sn)$/.test(text)) return false;
  // a slot is only a word of such a name beside one that no product has: `Model A1` is a model
  return names.length > 0 && tokens.every((token) => FIELD.test(token) || OBJECT.test(token) || (isCompound && SLOT.test(token)));
}

const NOUN = 'serial|serno|ser|sn|sku|uuid|guid|part|asset|tag|model|version|revision|vendor|manufacturer|manufacture|maker|family|string';
const NUMBER = 'number|num|nbr|no';

/** Words that name what a field holds, alone or run together; only of these the author's number may be glued to one: `SN04` is a firmware. */
const FIELD = new RegExp(
  `^((${NOUN}|${NUMBER})|((${NOUN})(${NUMBER}|tag|name)+|manufacturer|(module|product|system|board|chassis|baseboard)(${NOUN}|partnumber|serialnumber|name)+)\\d{0,2})$`,
);
const COMPOUND = new RegExp(`^(module)?((serial|ser|part|asset|tag|model|sku)(${NUMBER}|tag)+|manufacturer)\\d{0,2}$`);

/** What the field is of, and words between. */
const OBJECT =
  /^(system|base|baseboard|board|main|mainboard|motherboard|chassis|enclosure|case|product|bios|cpu|processor|memory|dimm|module|device|node|type\d*|name|id|identifier|info|information|field|value|code|oem|o\.e\.m\.?|the|of|here|your|enter|insert|input|set)$/;

const SLOT = /^(p|cpu|proc|node|dimm|array|bank|slot|channel|ch)?_?\d{0,2}[a-p]?\d{0,2}$/;
