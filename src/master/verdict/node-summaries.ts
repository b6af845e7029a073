import type { NodeSummary } from '../../domain/api.ts';
import { counted } from '../../domain/values/counted.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { fitsRecord } from '../../judge/identity/fits-record.ts';
import { isPortOf } from '../../judge/identity/is-port-of.ts';
import type { StoredRevision } from '../../records/revisions.ts';
import type { MissingMachine } from '../../report/missing-machine.ts';
import type { Store } from '../intake/store.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type MachineState, summaryOf } from '../ledger/machine/state.ts';
import type { Surroundings } from './stuck-machine.ts';
import { judgeMachine, notesOn } from './verdict.ts';

export interface Sources {
  ledger: Ledger;
  store: Store;
  masterMac: () => MacAddress | undefined;
  /** what verdicts need to know; without it machines have none */
  surroundings?: () => Surroundings;
}

/** Every machine that was seen, in the order of first sight, with what its record says about it, or else its boot loader. */
export function nodeSummaries({ ledger, store, masterMac, surroundings }: Sources): NodeSummary[] {
  const stored = new Map(store.latest().map((revision) => [revision.mac, revision]));
  const around = surroundings?.();
  const owners = portOwners(store);
  const machines = ledger.machines();
  const refuted = Map.groupBy(
    machines.filter((machine) => refutes(machine, owners.get(machine.mac), stored)),
    ({ mac }) => owners.get(mac)?.mac,
  );
  return machines.map((machine) => {
    const hasReceipt = isReceived(stored.get(machine.mac), machine);
    const isMaster = machine.mac === masterMac();
    const portOf = hasReceipt ? undefined : ownerOf(owners.get(machine.mac), machine);
    return {
      ...summaryOf(machine, { hasReceipt, isMaster }),
      ...loaderIdentity(machine),
      ...store.identityOf(machine.mac),
      ...knownAs(machine, stored.get(machine.mac)),
      ...duplicatesOf(store, machine.mac),
      ...definedOnly({ portOf }),
      ...(hasReceipt || isMaster || portOf !== undefined || around === undefined ? {} : verdictOf(machine, around)),
      ...notesOf(machine, stored.get(machine.mac), owners.get(machine.mac), refuted),
    };
  });
}

/** With a record that somebody sent in its name it is not done once it came itself, with a lease. */
function isReceived(stored: StoredRevision | undefined, { isUnleased }: MachineState): boolean {
  return stored?.receipt !== undefined && (stored.receipt.unleased !== true || isUnleased);
}

/** Firmware tries one port after the other: an address that got no further may be a port of a machine that did. */
function portOwners(store: Store): ReadonlyMap<MacAddress, StoredRevision> {
  // who has no lease speaks for no other address
  const received = store.latest().filter(({ receipt }) => receipt !== undefined && receipt.unleased !== true);
  return new Map(received.flatMap((one) => one.facts.keys.flatMap(({ kind, value }) => (kind === 'nic' ? [[value, one]] : []))));
}

function ownerOf(claim: StoredRevision | undefined, machine: MachineState): MacAddress | undefined {
  return claim !== undefined && isPortOf(machine, claimOf(claim)) ? claim.mac : undefined;
}

function claimOf({ facts, receipt }: StoredRevision): Parameters<typeof isPortOf>[1] {
  return { keys: facts.keys, sequence: receipt?.masterSequence ?? 0 };
}

/** It is named as a port in the record of another, brought none, and asks by itself. */
function refutes(machine: MachineState, claim: StoredRevision | undefined, stored: ReadonlyMap<MacAddress, StoredRevision>): boolean {
  return claim !== undefined && claim.mac !== machine.mac && !stored.has(machine.mac) && !isPortOf(machine, claimOf(claim));
}

function loaderIdentity({ facts }: MachineState): Pick<NodeSummary, 'vendor' | 'product' | 'serial'> {
  const { vendor, product, serial } = facts ?? {};
  return {
    ...definedOnly({ vendor, product, serial }),
  };
}

/** Before there is a record, what the boot loader says. */
function knownAs({ facts }: MachineState, stored: StoredRevision | undefined): Pick<NodeSummary, 'macs' | 'numbers'> {
  if (stored !== undefined) return stored.facts.knownBy;
  const { serial, uuid, boardSerial, chassisSerial, assetTag } = facts ?? {};
  const numbers = [serial, uuid, boardSerial, chassisSerial, assetTag].filter((one) => one !== undefined);
  return numbers.length === 0 ? {} : { numbers };
}

function verdictOf(machine: MachineState, around: Surroundings): Pick<NodeSummary, 'verdict'> {
  const found = judgeMachine(machine, around);
  return found === undefined ? {} : { verdict: { ...found } };
}

function notesOf(
  machine: MachineState,
  stored: StoredRevision | undefined,
  claim: StoredRevision | undefined,
  refuted: ReadonlyMap<MacAddress | undefined, readonly MachineState[]>,
): Pick<NodeSummary, 'notes'> {
  const others = refuted.get(machine.mac) ?? [];
  const isRefuted = claim !== undefined && (refuted.get(claim.mac)?.includes(machine) ?? false);
  const notes = [
    ...otherMachine(machine, stored),
    ...(isRefuted
      ? [`The record of ${claim.mac} names this address as a port. It asks by itself since, and counts as a machine of its own.`]
      : []),
    ...(others.length === 0
      ? []
      : [`Its record names ${counted(others.length, 'address', 'addresses')} as its ports that ask by themselves since.`]),
    ...notesOn(machine),
  ];
  return notes.length === 0 ? {} : { notes };
}

/** An adapter that was put into the next machine, or a card that was moved. */
function otherMachine({ facts }: MachineState, stored: StoredRevision | undefined): string[] {
  if (stored === undefined || fitsRecord(facts, stored.facts.keys) !== 'differs') return [];
  const { vendor, product, serial } = facts ?? {};
  const other = [vendor, product, serial].filter((word) => word !== undefined).join(' ');
  return [
    `Another machine (${other || facts?.uuid}) booted by this address. It is inventoried and listed by one of its own; this record stays.`,
  ];
}

function duplicatesOf(store: Store, mac: MacAddress): Pick<NodeSummary, 'duplicates'> {
  const duplicates = store.duplicatesOf(mac);
  return duplicates.length === 0 ? {} : { duplicates: [...duplicates] };
}

/** Changes whenever a machine's verdict does. */
export function verdictCodes(missing: readonly MissingMachine[]): string {
  return missing.map(({ mac, verdict: found }) => `${mac} ${found?.code ?? ''}`).join('\n');
}

/** Machines that asked and have no record. */
export function missingMachines({ ledger, store, surroundings }: Sources): MissingMachine[] {
  const stored = new Set(store.latest().map(({ mac }) => mac));
  const around = surroundings?.();
  return ledger
    .machines()
    .filter(({ mac }) => !stored.has(mac))
    .map((machine) => {
      const { mac, stage, stages, address, detail, facts, lastSequence } = machine;
      const found = around === undefined ? undefined : judgeMachine(machine, around);
      return {
        ...{ mac, stage, at: stages[stage], address, detail, lastSequence },
        ...definedOnly({ verdict: found, facts }),
      };
    });
}
