import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileHead } from '../../../src/report/export/about-machine.ts';
import { type ReportSummary, reportPieces } from '../../../src/report/page/report-html.ts';

async function* none(): AsyncGenerator<string> {}

async function pageOf(about: Partial<ReportSummary>): Promise<string> {
  const identity = { identityVersion: 1 as const, same: [], collisions: [], weak: [] };
  const summary: ReportSummary = {
    ...{ site: 'hall', createdAt: '2026-11-20T12:00:00.000Z', imageVersion: '13.0.1' },
    ...{ machines: [], missing: [], findings: [], identity, ...about },
  };
  let page = '';
  for await (const piece of reportPieces(summary, none())) page += piece;
  return page;
}
const start = { id: 'aaaaaaaa', number: 1, begunAt: '2026-11-20T12:00:00.000Z', place: { macs: [] } };

test('the report says that the clock of its master was not set, by its time or by what the visit knows', async () => {
  for (const about of [{ createdAt: '2000-01-01T00:03:00.000Z' }, { visit: { ...start, isDayKnown: false } }]) {
    const page = await pageOf(about);
    assert.match(page, /\(clock of the master, which was not set\)/);
    assert.match(page, /<strong>The clock was not set\.<\/strong>/);
  }
  assert.doesNotMatch(await pageOf({ visit: { ...start, isDayKnown: true } }), /not set/);
});

test('a merged report says it of the source that it is true of', async () => {
  const source = { site: 'hall', createdAt: '2026-11-20T12:00:00.000Z', machines: 1, sha256: 'a' };
  const page = await pageOf({
    sources: [
      { ...source, name: 'one.tar.gz', visit: { ...start, isDayKnown: false } },
      { ...source, name: 'two.tar.gz' },
    ],
  });
  assert.match(
    page,
    /Merged from one\.tar\.gz: [^<]* The clock of its master was not set: its place in the order is what somebody said\.<\/p>/,
  );
  assert.match(page, /Merged from two\.tar\.gz\.<\/p>/);
  assert.doesNotMatch(page, /<strong>The clock was not set/);
});

test('the head of an exported file says it, too', () => {
  const visit = { site: 'hall', createdAt: '2000-01-01T00:00:00.000Z', imageVersion: '13' };
  assert.match(fileHead('x', visit, []), /sealed at 2000-01-01T00:00:00\.000Z \(the master's clock was not set\), written/);
  assert.doesNotMatch(fileHead('x', { ...visit, createdAt: '2026-11-20T12:00:00.000Z' }, []), /not set/);
});
