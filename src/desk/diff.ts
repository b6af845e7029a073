import { ReconError } from '../domain/errors.ts';
import type { ExpectedMachine } from '../domain/expected-machines.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import type { MacAddress } from '../domain/values/mac.ts';
import { plainJson } from '../domain/values/plain-json.ts';
import { readOrUndefined, writeAtomic } from '../platform/files/files.ts';
import { diffExpected, type ExpectedDiff } from '../report/diff/expected.ts';
import { diffMachine } from '../report/diff/facts.ts';
import { diffHtml } from '../report/diff/html.ts';
import { diffText } from '../report/diff/text.ts';
import { type DiffSide, diffVisits, type VisitDiff } from '../report/diff/visits.ts';
import { type DiffWords, expectedDiffWords, visitDiffWords } from '../report/diff/words.ts';
import { readExpectedList } from '../settings/expected-csv.ts';
import type { Visit } from '../tarball/visit.ts';

/** How a comparison is told: words for a terminal, JSON for programs, and a page beside either. */
export interface DiffOutput {
  json: boolean;
  /** file for a page that a browser opens from disk */
  html: string | undefined;
  print: (text: string) => void;
}

/** Says what changed from one visit to another, and whether anything did. @throws ReconError `not-writable` and the like when the page cannot be written */
export async function compareVisits(before: Visit, after: Visit, output: DiffOutput): Promise<boolean> {
  const diff = diffVisits(await sideOf(before), await sideOf(after));
  return tell(diff, visitDiffWords(diff), output);
}

/** Lays a visit beside a list of machines as a CSV file, and says whether they differ. @throws ReconError `usage` with file and line of what is no machine */
export async function compareWithList(listPath: string, visit: Visit, output: DiffOutput): Promise<boolean> {
  const machines = await readList(listPath);
  const diff = diffExpected({ path: listPath, machines, faults: [] }, await sideOf(visit));
  return tell(diff, expectedDiffWords(diff), output);
}

async function readList(path: string): Promise<readonly ExpectedMachine[]> {
  const bytes = await readOrUndefined(path);
  if (bytes === undefined)
    throw new ReconError('not-found', `there is no file ${path}`, { hint: 'a CSV file of MAC addresses or serial numbers' });
  const { machines, mistakes } = readExpectedList(bytes);
  const [mistake] = mistakes;
  if (mistake === undefined) return machines;
  throw new ReconError('usage', `${path} line ${mistake.line}: ${mistake.message}`, { hint: mistake.hint ?? 'columns mac, serial, name' });
}

/** A superseded record is of a machine that is there already; one that never sent a record has nothing to compare. */
async function sideOf(visit: Visit): Promise<DiffSide> {
  const machines = [];
  const withoutRecord = new Set<MacAddress>();
  for await (const node of visit.nodes()) {
    if (node.origin !== undefined) withoutRecord.add(node.mac);
    else if (node.sameAs === undefined) machines.push(diffMachine(node));
  }
  const { path, site, createdAt, visit: start, sources, faults } = visit;
  const merged = sources?.flatMap((source) => source.visit ?? []);
  return { path, site, createdAt, ...definedOnly({ visit: start, merged }), machines, withoutRecord, faults };
}

async function tell(diff: VisitDiff | ExpectedDiff, words: DiffWords, { json, html, print }: DiffOutput): Promise<boolean> {
  if (html !== undefined) await writeAtomic(html, diffHtml(words));
  print(json ? `${plainJson(diff, 2)}\n` : diffText(words));
  return words.sections.some(({ entries }) => entries.length > 0);
}
