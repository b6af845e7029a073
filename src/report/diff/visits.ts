import { definedOnly } from '../../domain/values/defined-only.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import type { VisitStart } from '../../domain/visit/visit-start.ts';
import type { DiffMachine } from './facts.ts';
import { type Change, machineChanges } from './machine-changes.ts';
import { matchMachines } from './match-machines.ts';

/** One side of a comparison. */
export interface DiffSide {
  path: string;
  site: string;
  createdAt: string;
  visit?: VisitStart;
  /** the visits that a merged one was made of, as far as they are known */
  merged?: readonly VisitStart[];
  machines: readonly DiffMachine[];
  /** addresses that asked and gave no record */
  withoutRecord: ReadonlySet<MacAddress>;
  faults: readonly string[];
}

export interface NamedMachine {
  mac: MacAddress;
  label: string;
  /** what else is known: it asked on the other visit without giving a record */
  note?: string;
}

/** What a side is called. */
export interface DiffHead {
  path: string;
  site: string;
  createdAt: string;
  /** missing in merged tarballs, and in those of older versions */
  visit?: VisitStart;
  /** the visits that a merged one was made of */
  merged?: readonly VisitStart[];
  machines: number;
}

/** What `recon diff --json` prints. */
export interface VisitDiff {
  diffVersion: 1;
  before: DiffHead;
  after: DiffHead;
  arrived: NamedMachine[];
  gone: NamedMachine[];
  changed: (NamedMachine & { changes: Change[] })[];
  unchanged: number;
  /** machines that may be one or not: never guessed */
  unclear: { before: NamedMachine[]; after: NamedMachine[]; reasons: string[] }[];
  /** what could not be read of the two, in sentences: the rest may be incomplete */
  faults: string[];
}

/** Lays two visits side by side. Pure. Machines are found by what tells them from others, not by one address alone. */
export function diffVisits(before: DiffSide, after: DiffSide): VisitDiff {
  const { pairs, gone, arrived, unclear } = matchMachines(before.machines, after.machines);
  const ways = diskWays(before, after);
  const compared = pairs.map(([ours, theirs]) => ({
    ...named(theirs),
    changes: machineChanges(ours, theirs).map((change) => withWay(change, ours, theirs, ways)),
  }));
  return {
    diffVersion: 1,
    before: headOf(before),
    after: headOf(after),
    arrived: sorted(arrived.map((machine) => withNote(machine, before, 'asked on the first visit, and gave no record'))),
    gone: sorted(gone.map((machine) => withNote(machine, after, 'asked on the second visit, and gave no record'))),
    changed: sorted(compared.filter(({ changes }) => changes.length > 0)),
    unchanged: compared.filter(({ changes }) => changes.length === 0).length,
    unclear: unclear.map((group) => ({
      before: sorted(group.before.map(named)),
      after: sorted(group.after.map(named)),
      reasons: [...group.reasons],
    })),
    faults: [...before.faults, ...after.faults],
  };
}

/** Where each disk was and is, by serial number; undefined for a number that more than one machine has. */
interface DiskWays {
  was: ReadonlyMap<string, DiffMachine | undefined>;
  is: ReadonlyMap<string, DiffMachine | undefined>;
}

function diskWays(before: DiffSide, after: DiffSide): DiskWays {
  return { was: holders(before.machines), is: holders(after.machines) };
}

function holders(machines: readonly DiffMachine[]): Map<string, DiffMachine | undefined> {
  const found = new Map<string, DiffMachine | undefined>();
  for (const machine of machines) {
    for (const { label, serial } of machine.disks ?? []) if (serial !== undefined) found.set(label, found.has(label) ? undefined : machine);
  }
  return found;
}

/** A disk that left for another machine, or came from one, says so. */
function withWay(change: Change, ours: DiffMachine, theirs: DiffMachine, { was, is }: DiskWays): Change {
  if (change.kind !== 'disk-swapped' && change.kind !== 'disk-added' && change.kind !== 'disk-removed') return change;
  const [to, from] = [is.get(change.before ?? ''), was.get(change.after ?? '')];
  return {
    ...change,
    ...(change.before === undefined || to === undefined || to === theirs ? {} : { before: `${change.before} (now in ${to.mac})` }),
    ...(change.after === undefined || from === undefined || from === ours ? {} : { after: `${change.after} (was in ${from.mac})` }),
  };
}

/** What a comparison calls one of its sides. */
export function headOf({ path, site, createdAt, visit, merged, machines }: DiffSide): DiffHead {
  return { path, site, createdAt, ...definedOnly({ visit, merged }), machines: machines.length };
}

/** A machine as a comparison names it. */
export function named({ mac, label }: DiffMachine): NamedMachine {
  return { mac, label };
}

function withNote(machine: DiffMachine, other: DiffSide, note: string): NamedMachine {
  return machine.macs.some((mac) => other.withoutRecord.has(mac)) ? { ...named(machine), note } : named(machine);
}

function sorted<Row extends { mac: string }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => (a.mac < b.mac ? -1 : a.mac > b.mac ? 1 : 0));
}
