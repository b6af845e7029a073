import { type ExpectedMachine, keysOfExpected, keysOfKnown } from '../../domain/expected-machines.ts';
import type { DiffMachine } from './facts.ts';
import { type DiffHead, type DiffSide, headOf, type NamedMachine, named } from './visits.ts';

/** What `recon diff` prints as JSON when one side is a list. */
export interface ExpectedDiff {
  diffVersion: 1;
  list: { path: string; machines: number };
  visit: DiffHead;
  /** how many rows of the list are there */
  found: number;
  /** on the list, and no such record */
  missing: (ExpectedMachine & { note?: string })[];
  /** a record, and on no row of the list */
  unexpected: NamedMachine[];
  /** rows that fit more than one machine, or share one: never guessed */
  unclear: { row: ExpectedMachine; machines: NamedMachine[]; reason: string }[];
  faults: string[];
}

/** Lays a person's list beside a visit. Pure. A row counts by address of any port or of the BMC, by serial number of machine, chassis or board, by UUID and by asset tag. */
export function diffExpected(
  list: { path: string; machines: readonly ExpectedMachine[]; faults: readonly string[] },
  visit: DiffSide,
): ExpectedDiff {
  const holders = new Map<string, DiffMachine[]>();
  for (const machine of visit.machines) {
    for (const key of keysOfKnown(machine.knownBy.macs, machine.knownBy.numbers)) holders.set(key, [...(holders.get(key) ?? []), machine]);
  }
  const fits = list.machines.map((row) => ({ row, machines: [...new Set(keysOfExpected(row).flatMap((key) => holders.get(key) ?? []))] }));
  const rowsOf = Map.groupBy(
    fits.filter(({ machines }) => machines.length === 1),
    ({ machines }) => machines[0],
  );
  const unclear = fits.flatMap(({ row, machines }) => {
    const others = machines.length === 1 ? (rowsOf.get(machines[0])?.length ?? 1) - 1 : 0;
    const reason =
      machines.length > 1 ? 'fits more than one machine' : others > 0 ? 'another row of the list fits the same machine' : undefined;
    return reason === undefined ? [] : [{ row, machines: machines.map(named), reason }];
  });
  const listed = new Set(fits.flatMap(({ machines }) => machines));
  const missing = fits.filter(({ machines }) => machines.length === 0);
  return {
    diffVersion: 1,
    list: { path: list.path, machines: list.machines.length },
    visit: headOf(visit),
    found: fits.length - missing.length - unclear.length,
    missing: missing.map(({ row }) =>
      row.mac !== undefined && visit.withoutRecord.has(row.mac) ? { ...row, note: 'asked, and gave no record' } : row,
    ),
    unexpected: visit.machines.filter((machine) => !listed.has(machine)).map(named),
    unclear,
    faults: [...list.faults, ...visit.faults],
  };
}
