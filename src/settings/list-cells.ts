import { anyMac, type MacAddress } from '../domain/values/mac.ts';

/** What people and spreadsheets write where there is nothing, in five languages. */
const NONE =
  /^(?:[-–—_.?/]+|#?n\/?[adbv]|n\.\s?[adbv]\.?|#wert!|#value!|#bezug!|#ref!|#name\?|none|null|nil|no|not (?:available|applicable|assigned|known|set)|unknown|missing|empty|tb[ad]|unbekannt|keine?[rs]?|k\.\s?a\.?|ohne|leer|entf[aä]llt|nicht (?:vorhanden|bekannt|verf[uü]gbar)|aucune?|sans|inconnue?|vide|non (?:disponible|connu|defini)|ningun[oa]|desconocid[oa]|sin|vac[ií]o|no (?:disponible|aplica)|nessun[oa]?|sconosciut[oa]|vuoto|non disponibile)$/i;

/** A cell as it was meant: without the signs by which a spreadsheet keeps a number a text, and empty where it says that there is nothing. */
export function meantCell(field: string): string {
  const [, formula] = /^="?"?(.*?)"*$/.exec(field) ?? [];
  const text = (formula ?? field)
    .replace(/^'/, '')
    .replaceAll(/[\u00a0\u2007\u202f\u200b\ufeff]/g, ' ')
    .trim();
  return NONE.test(text) ? '' : text;
}

/** The first MAC address in a cell: `00:11:22:33:44:55 (eth0)`, or several of them. */
export function macIn(text: string): MacAddress | undefined {
  return anyMac(text) ?? text.split(/[\s,;|()[\]]+/).reduce<MacAddress | undefined>((found, word) => found ?? anyMac(word), undefined);
}

const MONTH =
  '(?:jan|feb|m[aä]r|mrz|apr|avr|abr|ma[iy]|giu|jun|jui|lug|jul|ago|aug|ao[uû]|set|sep|o[ck]t|ott|nov|de[cz]|di[cz]|d[eé]c|ene|gen|f[eé]v)[a-zûéä]*\\.?';
const DATE = new RegExp(`^(?:\\d{1,2}[-. /]+${MONTH}(?:[-. /]+\\d{2,4})?|${MONTH}[-. /]+\\d{2,4})$`, 'i');

/** With all of its year: `12-03-24` may be a number. */
const WHOLE_DATE = /^(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}|(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2})(?: \d{1,2}:\d{2}(?::\d{2})?)?$/;

/** Why a serial number or an address is not what was typed any more: a spreadsheet has taken it for a number or a date. Undefined when it has not. */
export function ruinedBySpreadsheet(text: string): string | undefined {
  if (/^[-+]?\d+(?:[.,]\d+)?e[-+]\d{1,3}$/i.test(text)) return 'is a number that a spreadsheet has rounded: its digits are lost';
  if (/^\d{15}0+$/.test(text)) return 'has zeros at its end, as a number of more than 15 digits that a spreadsheet has rounded';
  if (/^#+$/.test(text)) return 'is what a spreadsheet shows of a column that is too narrow';
  if (DATE.test(text) || WHOLE_DATE.test(text)) return 'is a date that a spreadsheet has made of it';
  return undefined;
}
