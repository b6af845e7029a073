import type { NodeRecord } from '../../domain/record/node-record.ts';
import { recordData } from '../../domain/record/record-data.ts';
import { type MacAddress, macWithHyphens } from '../../domain/values/mac.ts';

/** A label has 63 letters at most (RFC 1123); `-bmc` has to fit behind it. */
const LONGEST_SERIAL = 40;

/**
 * The label that a serial number makes: `sn-` and its letters and digits in lower case, all else as hyphens. Nothing that a record says
 * can so become a word with a meaning, such as `localhost` or `all`. Undefined without a serial number that is good for it.
 */
export function serialLabel(record: NodeRecord): string | undefined {
  const serial = recordData(record).system?.serial;
  if (serial === undefined || record.identity?.ignored?.some(({ kind }) => kind === 'serial') === true) return undefined;
  const letters = serial
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return letters === '' || letters.length > LONGEST_SERIAL ? undefined : `sn-${letters}`;
}

/** The host name of a machine: by its serial number where that is the only one of its kind in the visit, else by its MAC address. */
export function hostName(mac: MacAddress, record: NodeRecord, serialLabels: ReadonlyMap<string, number>): string {
  const label = serialLabel(record);
  return label !== undefined && serialLabels.get(label) === 1 ? label : `mac-${macWithHyphens(mac).replaceAll('-', '')}`;
}
