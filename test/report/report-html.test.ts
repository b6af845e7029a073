import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { machineRow } from '../../src/report/machine-row.ts';
import { nodesCsv } from '../../src/report/nodes-csv.ts';
import { type ReportSummary, reportHtml } from '../../src/report/report-html.ts';
import { recordFor } from '../master/fixture-records.ts';

const golden = (name: string): string => readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8');
const records = [recordFor('S1'), recordFor('=cmd|"/c calc"!A1')];
const rows = records.map((record, index) => machineRow(`52:54:00:00:00:0${index}`, 1, record));
const summary: ReportSummary = {
  site: 'Hall <2>',
  createdAt: '2026-11-20T12:00:00.000Z',
  imageVersion: '13.0.1',
  rows,
  missing: [{ mac: '52:54:00:00:00:09', stage: 'root-image', at: '2026-11-20T11:00:00.000Z', address: '10.77.1.9', detail: undefined }],
};

describe('report', () => {
  it('is one page', () => assert.equal(reportHtml(summary, records), golden('report.html')));
  it('needs nothing from outside, and what a machine says never becomes markup', () => {
    const evil = recordFor('"><script>alert(1)</script>');
    const html = reportHtml({ ...summary, rows: [machineRow('52:54:00:00:00:00', 1, evil)] }, [evil]);
    assert.doesNotMatch(html, /<script|<link|<img|src=|href=|url\(|@import/i);
  });
  it('has a table that a spreadsheet reads and does not run', () => {
    assert.equal(nodesCsv(rows), golden('nodes.csv'));
    assert.match(nodesCsv(rows), /,"'=cmd\|""\/c calc""!A1",/);
  });
});
