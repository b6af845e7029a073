import { type Finding, worstFirst } from '../domain/record/finding.ts';
import { type Fingerprint, type IdentityReport, WEAK_SCORE } from '../domain/record/identity.ts';
import type { NodeRecord } from '../domain/record/node-record.ts';
import { findings } from './findings/findings.ts';
import { type FleetFacts, findFleetOddities, fleetFacts } from './fleet-oddities.ts';
import { fingerprint } from './identity/fingerprint.ts';
import { sameOrNot } from './identity/same-or-not.ts';
import { findSharedKeys } from './shared-keys.ts';

/** What is kept of a machine to judge a whole visit: some kilobytes instead of its record. */
export interface MachineFacts {
  name: string;
  /** the greater, the newer the record */
  order: number;
  fleet: FleetFacts;
  findings: Finding[];
  fingerprint: Fingerprint;
}

/** How a record came. */
interface Arrival {
  /** from an address that was not leased to its machine */
  unleased?: boolean | undefined;
}

/** The facts of one machine by the name that it is listed by; the greater `order`, the newer the record. */
export function machineFacts(
  name: string,
  order: number,
  record: Pick<NodeRecord, 'sections'>,
  { unleased = false }: Arrival = {},
): MachineFacts {
  const found = [...findings([{ name, record }]), ...(unleased ? [unproven(name)] : [])];
  return { name, order, fleet: fleetFacts(name, record), findings: found, fingerprint: fingerprint(record) };
}

function unproven(machine: string): Finding {
  const message = 'its record came from an address that was not leased to it: anybody on that network may have sent it';
  return { machine, severity: 'warning', code: 'record-unproven', message, evidence: 'unleased' };
}

/** What is said of a visit as a whole. */
export interface FleetJudgement {
  /** of the machines that are listed, the worst first */
  findings: Finding[];
  identity: IdentityReport;
  /** names under which a machine was seen that is listed by another → the one that it is listed by */
  listedAs: ReadonlyMap<string, string>;
}

/** What shows only when all machines of a visit are looked at together. Pure; of a machine seen twice the newest record counts. */
export function judgeFleet(machines: readonly MachineFacts[]): FleetJudgement {
  const known = machines.map(({ name, order, fingerprint: { keys } }) => ({ name, order, keys }));
  const { same, collisions } = sameOrNot(known);
  const listedAs = new Map(same.flatMap(({ machines: [newest, ...others] }) => others.map((other) => [other, newest ?? other] as const)));
  const listed = machines.filter((machine) => !listedAs.has(machine.name));
  const weak = listed
    .filter((machine) => machine.fingerprint.score < WEAK_SCORE)
    .map(({ name, fingerprint: { score, keys, ignored = [] } }) => ({ machine: name, score, keys, ignored }));
  return {
    findings: worstFirst([
      ...listed.flatMap((machine) => machine.findings),
      ...findFleetOddities(listed.map((machine) => machine.fleet)),
      ...findSharedKeys(collisions, new Map(known.map((machine) => [machine.name, machine]))),
    ]),
    identity: { identityVersion: 1, same, collisions, weak },
    listedAs,
  };
}
