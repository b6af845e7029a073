import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { compareVisits } from '../../src/desk/diff.ts';
import { mergeVisits } from '../../src/desk/merge/merge.ts';
import { queryVisits } from '../../src/desk/query.ts';
import { writeVisitReport } from '../../src/desk/report.ts';
import { pseudonymsOf } from '../../src/desk/share/pseudonyms.ts';
import { shareVisit } from '../../src/desk/share/share.ts';
import { verifyTarball } from '../../src/desk/verify.ts';
import { definedOnly } from '../../src/domain/values/defined-only.ts';
import type { VisitStart } from '../../src/domain/visit/visit-start.ts';
import { makeDirectory } from '../../src/platform/files/directories.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { openVisit } from '../../src/tarball/open-visit.ts';
import { signatureSentence } from '../../src/tarball/signature.ts';
import type { Visit } from '../../src/tarball/visit.ts';
import { R640, startOf } from '../master/visit/known-visit.ts';
import { deskTarball, macOf } from './desk-fixture.ts';

const MAY = startOf({ id: '0000000a', place: { ...R640, site: 'hall-3' } });
const JUNE = startOf({ id: '0000000b', number: 2, begunAt: '2026-06-03T08:12:00.000Z', place: { macs: [] } });
const MAY_WORDS = 'visit 1, begun 2026-05-03 08:00 UTC (hall-3 on PowerEdge R640 B5RM2M2)';
const JUNE_WORDS = 'visit 2, begun 2026-06-03 08:12 UTC';

describe('visits at the desk', async () => {
  const directory = await temporaryDirectory('recon-visits-');
  after(() => directory[Symbol.asyncDispose]());
  const may = await tarballOf('may', '2026-05-03T12:00:00Z', MAY);
  const june = await tarballOf('june', '2026-06-03T12:00:00Z', JUNE, [{ visit: MAY, machines: 2 }]);
  const older = await tarballOf('older', '2026-04-03T12:00:00Z', undefined);

  async function tarballOf(name: string, now: string, visit: VisitStart | undefined, earlierVisits: TarballEarlier = []): Promise<Visit> {
    const root = join(directory.path, name);
    await makeDirectory(root);
    const sealed = await deskTarball(root, ['S-1', 'S-2'], { now: new Date(now), ...definedOnly({ visit }), earlierVisits });
    return openVisit(sealed.path);
  }

  async function said(run: (print: (text: string) => void) => Promise<unknown>): Promise<string> {
    const texts: string[] = [];
    await run((text) => void texts.push(text));
    return texts.join('');
  }

  /** nobody signed them */
  const verified = (path: string, print: (text: string) => void): Promise<void> =>
    assert.rejects(verifyTarball(path, { print, onProgress: () => {}, checkSignature: signatureSentence }), { code: 'tarball-unsigned' });

  it('verify says which visit a tarball is of, and nothing of one that names none', async () => {
    const verify = (visit: Visit) => said((print) => verified(visit.path, print));
    assert.match(await verify(june), /with Recon 13\.0\.1\. It is visit 2, begun 2026-06-03 08:12 UTC\. /);
    assert.doesNotMatch(await verify(older), /It is visit/);
  });

  it('diff says of which visits its sides are, and when both are of one', async () => {
    const diff = (before: Visit, other: Visit, json = false) =>
      said((print) => compareVisits(before, other, { json, html: undefined, print }));
    assert.match(await diff(may, june), new RegExp(`^Before: .*; ${escaped(MAY_WORDS)}\nAfter: .*; ${escaped(JUNE_WORDS)}\n(?!Both)`));
    assert.match(await diff(june, june), /^Before: .*\nAfter: .*\nBoth are of one visit/);
    assert.match(await diff(older, june), /^Before: .*older\/export\/[^;]*\)\nAfter: /);
    assert.equal(JSON.parse(await diff(may, june, true)).after.visit.id, JUNE.id);
  });

  it('diff says when the first is the later one, and which visits of a merged tarball are in both', async () => {
    const diff = (before: Visit, other: Visit) => said((print) => compareVisits(before, other, { json: false, html: undefined, print }));
    assert.match(await diff(june, may), /^The first was made after the second: /m);
    assert.doesNotMatch(await diff(may, june), /The first was made after/);
    const output = join(directory.path, 'two.tar.gz');
    await mergeVisits([may, june], { output, warn: () => {}, onProgress: () => {} });
    const [words, wholeLine] = [await diff(may, await openVisit(output)), `In both: ${MAY_WORDS}.`];
    assert.ok(words.includes(`; merged of ${MAY_WORDS}; ${JUNE_WORDS}\n`), words);
    assert.ok(words.split('\n').includes(wholeLine), words);
    assert.doesNotMatch(await diff(older, await openVisit(output)), /In both/);
  });

  it('the report says it at the top, and what else was on the stick', async () => {
    const reportOf = async (visit: Visit): Promise<string> => {
      const { path } = await writeVisitReport(visit, join(directory.path, 'report'), () => {});
      return readFile(path, 'utf8');
    };
    const report = await reportOf(june);
    assert.match(report, /<p>This is visit 2, begun 2026-06-03 08:12 UTC\.<\/p>/);
    assert.match(report, /<p>Earlier on the same stick, and not in here: 2 machines of 2026-05-03\.<\/p>/);
    assert.doesNotMatch(await reportOf(older), /This is visit|Earlier on/);
  });

  it('query has the visit of each tarball', async () => {
    const sql = 'select visit_id, visit_number, begun_at, place from visits order by created_at';
    const rows = JSON.parse(await said((print) => queryVisits([may, june, older], sql, { format: 'json', print })));
    assert.deepEqual(rows, [
      { visit_id: null, visit_number: null, begun_at: null, place: null },
      { visit_id: MAY.id, visit_number: 1, begun_at: MAY.begunAt, place: 'hall-3 on PowerEdge R640 B5RM2M2' },
      { visit_id: JUNE.id, visit_number: 2, begun_at: JUNE.begunAt, place: null },
    ]);
  });

  it('merge says which record came from which visit', async () => {
    const output = join(directory.path, 'all.tar.gz');
    const { sources } = await mergeVisits([june, may, older], { output, warn: () => {}, onProgress: () => {} });
    assert.deepEqual(
      sources.map(({ visit }) => visit?.id),
      [undefined, MAY.id, JUNE.id],
    );
    const merged = await openVisit(output);
    assert.equal(merged.visit, undefined);
    const found: unknown[] = [];
    for await (const { mac, visit, source, sameAs } of merged.nodes()) if (mac === macOf(0)) found.push([visit, source, sameAs]);
    assert.deepEqual(found, [
      [JUNE.id, 'recon-hall-3-2026-06-03.tar.gz', undefined],
      [MAY.id, 'recon-hall-3-2026-05-03.tar.gz', macOf(0)],
      [undefined, 'recon-hall-3-2026-04-03.tar.gz', macOf(0)],
    ]);
    const words = await said((print) => verified(output, print));
    assert.ok(words.includes(`recon-hall-3-2026-05-03.tar.gz (${MAY_WORDS}; 2 machines`), words);
  });

  it('share tells when the visit was, and not where', async () => {
    const output = join(directory.path, 'public.tar.gz');
    await shareVisit(may, pseudonymsOf(Buffer.alloc(32, 7)), output);
    assert.deepEqual((await openVisit(output)).visit, { ...MAY, place: { macs: [] } });
  });
});

type TarballEarlier = { visit: VisitStart; machines: number }[];

function escaped(text: string): string {
  return text.replaceAll(/[()]/g, '\\$&');
}
