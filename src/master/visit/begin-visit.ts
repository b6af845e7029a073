import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { VisitSetting } from '../../domain/site-settings.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import { type EarlierVisit, type VisitPlace, VisitStart } from '../../domain/visit/visit-start.ts';
import { readOrUndefined, writeAtomic } from '../../platform/files/files.ts';
import { earlierVisits, revisionName, visitIdOf } from '../../records/records-of-visits.ts';
import type { StoredRevision } from '../../records/revisions.ts';
import { ledgerNumber } from '../../records/visit-files.ts';
import { appendVisitLog, type ClaimedTarball, type KnownVisit, knownVisits, readVisitLog } from '../../records/visit-log.ts';
import { decideVisit, isDayKnown, type VisitDecision } from './decide-visit.ts';
import { visitWords } from './visit-words.ts';

/** The visit that this master is of, and what else is on the stick. */
export interface CurrentVisit {
  start: VisitStart;
  /** what the person before the screen must know of it */
  words: readonly string[];
  /** stored records of it */
  own: readonly StoredRevision[];
  /** those of it among what is found on the stick later, when it was away */
  ownAmong(found: readonly StoredRevision[]): Promise<StoredRevision[]>;
  /** how much is stored of other visits, which answers for nobody */
  earlier: readonly EarlierVisit[];
  /** tarballs that this visit has made */
  tarballs(): readonly ClaimedTarball[];
  /** notes that a tarball of this name is about to be this visit's, and which records it holds */
  claim(tarball: string, holds: readonly string[]): Promise<void>;
}

export interface BeginVisitInput {
  /** RECONDATA, or a directory in RAM */
  directory: string;
  /** in RAM: holds the visit that an earlier run in this boot was of */
  stateFile: string;
  /** all that is stored */
  found: readonly StoredRevision[];
  place: VisitPlace;
  setting: VisitSetting | undefined;
  now: () => Date;
  builtAt: Date;
  /** resolves when all that was written before the call is on the medium */
  sync: () => Promise<void>;
  /** the medium cannot be read or written; the visit goes on in memory, and each receipt still names it */
  onFault: (reason: string) => void;
}

/** Decides which visit this boot is of and writes that down, before any record can come. Never throws. */
export async function beginVisit(input: BeginVisitInput): Promise<CurrentVisit> {
  const { directory, stateFile, found, now, onFault } = input;
  const orFault = async (work: Promise<void>): Promise<void> =>
    work.catch((error: unknown) => onFault(`what visit this is cannot be written down: ${messageOf(error)}`));
  const lines = await readVisitLog(directory).catch((error: unknown) => {
    onFault(`what visits there were cannot be read: ${messageOf(error)}`);
    return [];
  });
  const before = knownVisits(lines, found);
  const ofThisBoot = await visitOfThisBoot(stateFile);
  const visits = withUnwritten(before, ofThisBoot);
  const decision = decideVisit({ ...input, now: now(), ofThisBoot: ofThisBoot?.id, visits, machines: machinesOf(visits, found) });
  const start = decision.decision === 'go-on' ? decision.visit.start : await newVisit(input, visits);
  await orFault(writeDown(input, decision, start));
  await orFault(writeAtomic(stateFile, JSON.stringify(start)));
  const known = decision.decision === 'go-on' ? visits : [...visits, { ...unwritten(start), untold: untoldAmong(found) }];
  const own = ownOf(start, found, known);
  const earlier = earlierVisits(found, known, start.id);
  const claimed = new Map((decision.decision === 'go-on' ? decision.visit.tarballs : []).map((one) => [one.name, one]));
  return {
    ...{ start, earlier, own },
    ownAmong: async (later) => {
      // each receipt names its visit: a log that cannot be read keeps nobody from going on
      const told = knownVisits(await readVisitLog(directory).catch(() => []), later);
      // its line may not be there: the stick took no writes when it began
      const others = known.filter(({ start: { id } }) => !told.some((one) => one.start.id === id));
      return ownOf(
        start,
        later,
        [...told, ...others].sort((a, b) => a.start.number - b.start.number),
      );
    },
    words: visitWords({ decision, start, earlier, machines: new Set(own.map(({ mac }) => mac)).size }),
    tarballs: () => [...claimed.values()],
    claim: async (tarball, holds) => {
      claimed.set(tarball, { name: tarball, holds });
      await orFault(appendVisitLog(directory, { visit: start.id, at: now().toISOString(), tarball, holds: [...holds] }).then(input.sync));
    },
  };
}

function ownOf({ id }: VisitStart, found: readonly StoredRevision[], visits: readonly KnownVisit[]): StoredRevision[] {
  return found.filter((one) => visitIdOf(one, visits) === id).map((one) => ({ ...one, visitId: id }));
}

/** A restart of the service is no boot: whatever the clock says now, the visit is the same. */
async function visitOfThisBoot(stateFile: string): Promise<VisitStart | undefined> {
  try {
    return VisitStart.safeParse(JSON.parse((await readOrUndefined(stateFile))?.toString('utf8') ?? '')).data;
  } catch {
    return undefined;
  }
}

/** The line of this boot's visit may not have reached the stick, and no record has named it yet. On another stick it is nobody's. */
function withUnwritten(visits: readonly KnownVisit[], ofThisBoot: VisitStart | undefined): readonly KnownVisit[] {
  if (ofThisBoot === undefined || visits.some(({ start }) => start.number >= ofThisBoot.number)) return visits;
  return [...visits, unwritten(ofThisBoot)];
}

function unwritten(start: VisitStart): KnownVisit {
  return { start, places: [start.place], lastAt: start.begunAt, untold: new Set(), sealed: new Set(), tarballs: [] };
}

function machinesOf(visits: readonly KnownVisit[], found: readonly StoredRevision[]): StoredRevision['facts']['keys'][] {
  const id = visits.at(-1)?.start.id;
  return id === undefined ? [] : found.filter((one) => visitIdOf(one, visits) === id).map(({ facts }) => facts.keys);
}

/** Records, ledgers and parts of an older version count as a visit of their own, which has no name. */
async function newVisit({ directory, found, place, now, builtAt }: BeginVisitInput, visits: readonly KnownVisit[]): Promise<VisitStart> {
  const names = await readdir(directory).catch(() => []);
  const partial = await readdir(join(directory, 'partial')).catch(() => []);
  const ledgers = names.flatMap((name) => ledgerNumber(name) ?? []);
  const number = 1 + Math.max(found.length + partial.length > 0 ? 1 : 0, ...ledgers, ...visits.map(({ start }) => start.number));
  const at = now();
  return { id: randomBytes(4).toString('hex'), number, begunAt: at.toISOString(), isDayKnown: isDayKnown(at, builtAt), place };
}

function untoldAmong(found: readonly StoredRevision[]): Set<string> {
  return new Set(found.filter(({ receipt }) => receipt === undefined).map(revisionName));
}

/** On the medium before the first record of it can be. */
async function writeDown(
  { directory, found, place, now, sync }: BeginVisitInput,
  decision: VisitDecision,
  start: VisitStart,
): Promise<void> {
  if (decision.reason === 'same-boot') return;
  if (decision.decision === 'begin') await appendVisitLog(directory, { begun: start, untold: [...untoldAmong(found)] });
  else await appendVisitLog(directory, { visit: start.id, at: now().toISOString(), place });
  await sync();
}
