import type { NodeSummary } from '../../../domain/api.ts';
import type { EarlyFacts } from '../../../domain/early-facts.ts';
import type { LedgerEvent } from '../../../domain/ledger.ts';
import { isLater, type Stage } from '../../../domain/stages.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';

/** The DHCP messages that are counted. */
export type DhcpStage = 'discover' | 'offer' | 'request' | 'ack';

/** The files of a boot, each of them with how much of it the machine has. */
export type FileStage = 'kernel' | 'initrd' | 'root-image';
export interface Transfer {
  bytes: number;
  totalBytes: number;
  /** time of the latest report that brought more bytes */
  at: string;
}

/** What the ledger keeps in memory of one machine. */
export interface MachineState {
  mac: string;
  /** the furthest stage of the machine's current boot */
  stage: Stage;
  /** time of the latest event of each stage */
  stages: Partial<Record<Stage, string>>;
  address: string | undefined;
  interface: string | undefined;
  detail: string | undefined;
  /** bytes that it has of what it loads at this stage, from the start of the file */
  bytes: number | undefined;
  totalBytes: number | undefined;
  /** mean rate of the transfer so far */
  bytesPerSecond: number | undefined;
  /** offset at which the transfer was resumed; undefined when it started at the beginning */
  resumedAtBytes: number | undefined;
  /** time of the latest event that brought more bytes at this stage */
  lastByteAt: string | undefined;
  firstAt: string;
  /** time of the latest event of any kind */
  lastAt: string;
  /** its number in the ledger */
  lastSequence: number;
  /** time of the latest event that moved the machine on: a later stage, a new start, or more bytes */
  progressAt: string;
  /** DHCP messages of each kind since the latest stage that was no DHCP message; many and no progress is a machine that hears nothing */
  dhcpMessages: Record<DhcpStage, number>;
  /** how often it started anew, by asking for a loader or a script after it had gone further */
  restarts: number;
  /** boot scripts that it got since its latest receipt */
  scripts: number;
  /** the files of this boot; kernel and initrd come side by side, so that the stage alone does not tell which of them stopped */
  transfers: Partial<Record<FileStage, Transfer>>;
  /** its latest script or receipt went to an address that was not leased to it */
  isUnleased: boolean;
  /** why a request in its name was refused, the latest; undefined when none was since its latest receipt */
  refused: string | undefined;
  /** what boot loader and initrd of this boot said about the machine */
  facts: EarlyFacts | undefined;
}

/**
 * The machine's state after one more event. ROM, iPXE, initrd and live system each ask DHCP again, so a DHCP stage never
 * moves a machine back; a boot loader or a script does, because then the machine has started anew.
 */
export function advance(before: MachineState | undefined, event: LedgerEvent): MachineState {
  // somebody else may have asked: the machine itself has not moved
  if (event.refused !== undefined && before !== undefined) return { ...before, refused: event.refused };
  const startsAnew = event.stage === 'loader' || event.stage === 'script';
  const isNewStage = before === undefined || (event.stage !== before.stage && (startsAnew || isLater(event.stage, before.stage)));
  const moves = isNewStage || event.stage === before.stage;
  const bytesCame = moves && event.bytes !== undefined && (isNewStage || event.bytes !== before.bytes);
  const movedOn = isNewStage || bytesCame;
  const isWord = !isNewStage && moves && event.bytes === undefined;
  return {
    mac: event.mac,
    stage: moves ? event.stage : before.stage,
    stages: { ...before?.stages, [event.stage]: event.at },
    address: event.address ?? before?.address,
    interface: event.interface ?? before?.interface,
    ...transferOf(moves && !isWord ? event : (before ?? event)),
    detail: moves ? event.detail : before.detail,
    lastByteAt: bytesCame ? event.at : isNewStage ? undefined : before.lastByteAt,
    firstAt: before?.firstAt ?? event.at,
    lastAt: event.at,
    lastSequence: event.sequence,
    progressAt: movedOn ? event.at : before.progressAt,
    dhcpMessages: countDhcp(before?.dhcpMessages, event.stage),
    restarts: (before?.restarts ?? 0) + (before !== undefined && isNewStage && isLater(before.stage, event.stage) ? 1 : 0),
    scripts: event.stage === 'receipt' ? 0 : (before?.scripts ?? 0) + (event.stage === 'script' ? 1 : 0),
    transfers: transfersAfter(startsAnew ? {} : (before?.transfers ?? {}), event),
    isUnleased: event.stage === 'script' || event.stage === 'receipt' ? event.unleased === true : (before?.isUnleased ?? false),
    refused: event.refused ?? (event.stage === 'receipt' ? undefined : before?.refused),
    facts: factsAfter(before?.facts, event),
  };
}

function transfersAfter(before: MachineState['transfers'], { stage, bytes, totalBytes, at }: LedgerEvent): MachineState['transfers'] {
  if ((stage !== 'kernel' && stage !== 'initrd' && stage !== 'root-image') || bytes === undefined || totalBytes === undefined)
    return before;
  const known = before[stage];
  return { ...before, [stage]: { bytes, totalBytes, at: known?.bytes === bytes ? known.at : at } };
}

/** A script's facts are those of a new boot; what comes without facts changes nothing. */
function factsAfter(before: EarlyFacts | undefined, { stage, facts }: LedgerEvent): EarlyFacts | undefined {
  if (stage === 'script') return facts;
  return facts === undefined ? before : { ...before, ...facts };
}

function transferOf(source: MachineState | LedgerEvent): Pick<MachineState, 'bytes' | 'totalBytes' | 'bytesPerSecond' | 'resumedAtBytes'> {
  const { bytes, totalBytes, bytesPerSecond, resumedAtBytes } = source;
  return { bytes, totalBytes, bytesPerSecond, resumedAtBytes };
}

const NO_MESSAGES: Readonly<Record<DhcpStage, number>> = { discover: 0, offer: 0, request: 0, ack: 0 };

function countDhcp(before: Record<DhcpStage, number> = NO_MESSAGES, stage: Stage): Record<DhcpStage, number> {
  return isDhcp(stage) ? { ...before, [stage]: before[stage] + 1 } : NO_MESSAGES;
}

function isDhcp(stage: Stage): stage is DhcpStage {
  return stage in NO_MESSAGES;
}

/** One row of `GET /nodes`, without what only the record knows. */
export function summaryOf(state: MachineState, facts: { hasReceipt: boolean; isMaster: boolean }): NodeSummary {
  const { mac, address, stage, stages, detail } = state;
  return {
    mac,
    ...definedOnly({ address }),
    stage,
    stages: { ...stages },
    ...definedOnly({ detail }),
    ...definedOnly(transferOf(state)),
    ...facts,
  };
}
