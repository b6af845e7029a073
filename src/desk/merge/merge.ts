import { basename, dirname, join, resolve } from 'node:path';
import { reportScript } from '../../bundle/report-script.ts';
import { ReconError } from '../../domain/errors.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { isTimePossible } from '../../domain/visit/possible-time.ts';
import type { MergedSource } from '../../domain/visit-tarball.ts';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { exists } from '../../platform/files/files.ts';
import { hashFile } from '../../platform/files/hashed-files.ts';
import { movePath } from '../../platform/files/move-path.ts';
import { sealTarball } from '../../seal/seal-tarball.ts';
import type { Visit } from '../../tarball/visit.ts';
import { FULL_AT_DESK } from '../full-disk.ts';
import type { OnProgress } from '../progress-steps.ts';
import { writeMergedLedger } from './ledger.ts';
import { mergedMissing } from './missing.ts';
import { gatherRecords } from './records.ts';

export interface MergeOptions {
  /** the new tarball */
  output: string;
  /** name of the site; without it that of the tarballs */
  site?: string;
  /** public key of age */
  encryptTo?: string;
  /** what is not an error, and has to be known */
  warn: (sentence: string) => void;
  onProgress: OnProgress;
}

export interface Merged {
  machines: number;
  sources: readonly MergedSource[];
}

/**
 * Makes one tarball of several: each machine once with its newest record, older records kept beside it.
 * @throws ReconError `usage` when the output is there already, or nothing is left to be merged
 */
export async function mergeVisits(visits: readonly Visit[], options: MergeOptions): Promise<Merged> {
  const { output, warn, onProgress } = options;
  if (await exists(output)) throw new ReconError('usage', `${output} is there already`, { hint: 'name a new file with -o' });
  const chosen = await distinct(visits, warn);
  const [newest] = chosen.toReversed();
  if (newest === undefined)
    throw new ReconError('usage', 'there is nothing to merge', { hint: 'recon merge a.tar.gz b.tar.gz -o all.tar.gz' });
  const work = join(dirname(resolve(output)), `.${process.pid}-recon-merge`);
  await makeDirectory(work);
  try {
    const ordered = chosen.map(({ visit }) => visit);
    const records = await gatherRecords(ordered, work, { warn });
    const ledgerPath = join(work, 'ledger.jsonl');
    await writeMergedLedger(ordered, ledgerPath);
    onProgress('writing the tarball');
    const sources = chosen.map(({ source }, at): MergedSource => {
      const { name, site, createdAt, ...others } = source;
      return { name, site, createdAt, machines: records.machineCounts[at] ?? 0, ...others };
    });
    const sealed = await sealTarball({
      directory: join(work, 'sealed'),
      site: options.site ?? [...new Set(sources.map(({ site }) => site))].join('+'),
      imageVersion: newest.visit.imageVersion,
      hintWhenFull: FULL_AT_DESK,
      now: new Date(latestOf(chosen.map(({ visit }) => visit.createdAt))),
      ...{ revisions: records.newest, earlier: records.earlier, sources, ledgerPath, replaces: undefined },
      notes: [...ordered.flatMap(({ faults }) => faults), ...asTold(visits), ...withoutCaptures(ordered), ...records.notes],
      missing: await mergedMissing(ordered, records.macs),
      early: records.early,
      reportScript: await reportScript(),
      ...definedOnly({ encryptTo: options.encryptTo }),
    });
    await movePath(sealed.path, output);
    return { machines: sealed.machines, sources };
  } finally {
    await removePath(work);
  }
}

/** A clock that cannot be orders nothing. */
function asTold(visits: readonly Visit[]): string[] {
  const unset = visits.filter(({ createdAt, visit }) => !isTimePossible({ at: createdAt, visit }));
  if (unset.length === 0 || visits.length < 2) return [];
  const names = unset.map(({ path }) => basename(path)).join(', ');
  return [
    `${names}: the clock of the master was not set. The order in which the tarballs were given counts: ${visits.map(({ path }) => basename(path)).join(', ')}, the last one as the newest.`,
  ];
}

function latestOf(times: readonly string[]): string {
  return times.toSorted().at(-1) ?? '';
}

interface Chosen {
  visit: Visit;
  /** how many machines it has shows when it is read */
  source: Pick<MergedSource, 'name' | 'site' | 'createdAt' | 'sha256' | 'code' | 'visit'>;
}

/** The oldest first, as told where a clock was not set; a file that is given twice counts once. */
async function distinct(visits: readonly Visit[], warn: (sentence: string) => void): Promise<Chosen[]> {
  const found = new Map<string, Chosen>();
  for (const visit of visits) {
    const { sha256 } = await hashFile(visit.path);
    const twin = found.get(sha256);
    if (twin !== undefined) {
      warn(`${visit.path} is the same tarball as ${twin.visit.path}: it counts once`);
      continue;
    }
    const { site, createdAt, code, visit: start } = visit;
    const source = { name: basename(visit.path), site, createdAt, sha256, ...definedOnly({ code, visit: start }) };
    found.set(sha256, { visit, source });
  }
  const told = asTold(visits);
  for (const sentence of told) warn(sentence);
  if (told.length > 0) return [...found.values()];
  return [...found.values()].sort((a, b) => (a.visit.createdAt < b.visit.createdAt ? -1 : a.visit.createdAt > b.visit.createdAt ? 1 : 0));
}

/** The captures may be on the sticks still. */
function withoutCaptures(visits: readonly Visit[]): string[] {
  return visits
    .filter(({ isWithoutCaptures }) => isWithoutCaptures === true)
    .map(({ path }) => `${basename(path)} was sealed without raw captures, because its stick had no room for them`);
}
