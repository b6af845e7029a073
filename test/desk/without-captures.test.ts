import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { mergeVisits } from '../../src/desk/merge/merge.ts';
import { writeVisitReport } from '../../src/desk/report.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { sealTarball } from '../../src/seal/seal-tarball.ts';
import { openVisit } from '../../src/tarball/open-visit.ts';
import { recordFor } from '../master/fixture-records.ts';
import { inputOf } from '../seal/seal-input.ts';
import { tarballFiles } from '../seal/tarball-files.ts';

test('at the desk, too, a tarball without raw captures says so: in a report made anew, and in one that it is merged into', async () => {
  await using directory = await temporaryDirectory('recon-desk-');
  const input = await inputOf(directory.path, [['52:54:00:00:00:01', JSON.stringify(recordFor('S1'))]]);
  const pages: string[] = [];
  for (const withoutCaptures of [true, false]) {
    const { path } = await sealTarball({ ...input, withoutCaptures });
    const visit = await openVisit(path);
    const to = join(directory.path, `report-${withoutCaptures}`);
    await mkdir(to);
    pages.push(await readFile((await writeVisitReport(visit, to, () => {})).path, 'utf8'));
    const output = join(directory.path, `merged-${withoutCaptures}.tar.gz`);
    await mergeVisits([visit], { output, warn: () => {}, onProgress: () => {} });
    const { notes } = JSON.parse((await tarballFiles(await readFile(output))).get('manifest.json')?.toString('utf8') ?? '');
    assert.equal(/was sealed without raw captures/.test(notes.join()), withoutCaptures);
  }
  assert.match(pages[0] ?? '', /Sealed without the raw captures/);
  assert.doesNotMatch(pages[1] ?? '', /Sealed without the raw captures/);
});
