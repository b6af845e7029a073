import { cleanValue, decodeText, wholeLines } from '../../../domain/values/text.ts';
import { asText, member, objects, parseToolJson } from '../../values/json-value.ts';
import { tableBelow } from '../../values/table-below.ts';

/** Names of columns as `--reportformat json` has them → value as printed. */
export type LvmRow = Record<string, string | undefined>;

/** Rows of one report, from JSON, or from the table that lvm prints otherwise. Empty of a table without its heading. */
export function lvmRows(bytes: Uint8Array | undefined, kind: 'pv' | 'vg' | 'lv'): LvmRow[] {
  const reports = objects(member(parseToolJson(bytes), 'report'));
  if (reports.length > 0) return reports.flatMap((report) => objects(report[kind])).map(textsOf);
  // whoever copies from a terminal loses the blanks before the first line
  const lines = wholeLines(decodeText(bytes))
    .split('\n')
    .map((line) => line.trim());
  const at = lines.findIndex((line) => HEADINGS[kind].test(line));
  const heading = lines[at];
  if (heading === undefined) return [];
  const rows = lines.slice(at + 1).filter((line) => line !== '' && !/^(WARNING|File descriptor|Couldn't|\/dev\/\S+:)/.test(line));
  return tableBelow(heading, rows).map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, value]): [string, string | undefined] => [COLUMNS[key] ?? key, cleanValue(value)])),
  );
}

const HEADINGS: Readonly<Record<'pv' | 'vg' | 'lv', RegExp>> = {
  pv: /^PV +(VG|Fmt|Attr|PSize|PV UUID)\b/,
  vg: /^VG +(#PV|Attr|VSize|Ext|VG UUID)(?!\w)/,
  lv: /^LV +(VG|Attr|LSize|LV UUID)\b/,
};

/** Headings of tables; the others are of no use here. */
const COLUMNS: Readonly<Record<string, string>> = {
  VG: 'vg_name',
  PV: 'pv_name',
  LV: 'lv_name',
  PSize: 'pv_size',
  PFree: 'pv_free',
  VSize: 'vg_size',
  VFree: 'vg_free',
  LSize: 'lv_size',
  'PV UUID': 'pv_uuid',
  'VG UUID': 'vg_uuid',
  'LV UUID': 'lv_uuid',
  Layout: 'lv_layout',
  '#PV Missing': 'vg_missing_pv_count',
};

function textsOf(row: Record<string, unknown>): LvmRow {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, asText(value)]));
}
