import { type MacAddress, macWithHyphens } from '../domain/values/mac.ts';

/** What visits there were, in the root of RECONDATA. */
export const VISITS_FILE = 'visits.jsonl';

/** Name of a visit's ledger on the stick; the first one has the name that it has in a tarball. */
export function ledgerFile(visitNumber: number): string {
  return visitNumber === 1 ? 'ledger.jsonl' : `ledger-${visitNumber}.jsonl`;
}

/** The number of the visit that a ledger of this name is of; undefined when it is none. */
export function ledgerNumber(name: string): number | undefined {
  const [, digits] = /^ledger(?:-([1-9]\d{0,5}))?\.jsonl$/.exec(name) ?? [name, ''];
  return digits === '' ? undefined : Number(digits ?? 1);
}

/** Name in `partial/` of what an initrd could read of a machine during a visit. */
export function partialFile(mac: MacAddress, visitNumber: number): string {
  return `${macWithHyphens(mac)}${visitNumber === 1 ? '' : `.${visitNumber}`}.jsonl`;
}

/** The number of the visit that a file of this name in `partial/` is of; undefined when it is none. */
export function partialNumber(name: string): number | undefined {
  const [, digits] = /^[0-9a-f-]{17}(?:\.([1-9]\d{0,5}))?\.jsonl$/.exec(name) ?? [name, ''];
  return digits === '' ? undefined : Number(digits ?? 1);
}
