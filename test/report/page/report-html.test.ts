import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Finding, Severity } from '../../../src/domain/record/finding.ts';
import type { IdentityKey, IdentityReport } from '../../../src/domain/record/identity.ts';
import type { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { type ReportParts, reportParts } from '../../../src/report/fleet/report-machine.ts';
import { machineRow } from '../../../src/report/machine-row.ts';
import { machineDetails } from '../../../src/report/page/details/machine-details.ts';
import { type ReportSummary, reportPieces } from '../../../src/report/page/report-html.ts';
import { recordFor } from '../../master/fixture-records.ts';

const golden = (name: string): string => readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8');
const records = [recordFor('S1'), recordFor('=cmd|"/c calc"!A1')];
const FIRST = '52:54:00:00:00:00';
const SECOND = '52:54:00:00:00:01';
const rows = records.map((record, index) => ({
  ...machineRow(`52:54:00:00:00:0${index}`, 1, record),
  findingCount: index === 0 ? 3 : 0,
  identityScore: 100,
  ...(index === 0 ? { worstFinding: 'critical' as const, otherMacs: ['52:54:00:00:00:07'] } : {}),
}));
const keys: IdentityKey[] = [{ kind: 'serial', value: 's1 & co' }];
const finding = (severity: Severity, code: string, message: string, evidence: string): Finding => ({
  machine: FIRST,
  severity,
  code,
  message,
  evidence,
});
const FINDINGS: Finding[] = [
  finding('critical', 'disk-failing', 'disk sda SSD <fast> says that it is failing', 'disks[0].smartPassed'),
  finding('warning', 'bios-odd', 'BIOS 2.1, most other R1 "Rack" here have 2.2', 'firmware.version'),
  finding('note', 'dimm-unequal', 'memory modules of unequal size: 1 × 8 GiB, 1 × 16 GiB', 'memory.dimms'),
];

const summary: ReportSummary = {
  site: 'Hall <2>',
  createdAt: '2026-11-20T12:00:00.000Z',
  imageVersion: '13.0.1',
  machines: rows.map((row, index) => ({ ...row, ...partsOf(index), findings: index === 0 ? FINDINGS : [] })),
  missing: [
    {
      ...{ mac: '52:54:00:00:00:09', stage: 'root-image', at: '2026-11-20T11:00:00.000Z', address: '10.77.1.9', detail: undefined },
      verdict: { code: 'too-little-ram', sentence: 'Too little RAM <768 MiB>.', hint: 'Add memory.' },
      facts: { vendor: 'ACME', product: 'R1 "Rack"', serial: 'S<9>', nicPciId: '8086:1592', memoryBytes: 768 * 1024 ** 2 },
    },
    { mac: '52:54:00:00:00:0b', stage: 'offer', at: '2026-11-20T11:02:00.000Z', address: undefined, detail: 'ProxyDHCP' },
    { mac: '52:54:00:00:00:0a', stage: 'offer', at: '2026-11-20T11:01:00.000Z', address: undefined, detail: undefined, portOf: FIRST },
  ],
  findings: FINDINGS,
  identity: {
    identityVersion: 1,
    same: [{ machines: [FIRST, '52:54:00:00:00:07'], reasons: ['network ports agree: 52:54:00:00:00:07'] }],
    collisions: [{ machines: [FIRST, SECOND], keys, verdict: 'different', reasons: ['network ports differ: a and b'] }],
    weak: [{ machine: SECOND, score: 30, keys, ignored: [{ kind: 'uuid', value: '<0>', reason: 'not a UUID' }] }],
  },
};

function partsOf(index: number): ReportParts {
  return reportParts(records[index] ?? recordFor('S1'));
}

async function* sections({ machines }: ReportSummary, list: readonly NodeRecord[]): AsyncGenerator<string> {
  for (const [at, machine] of machines.entries()) yield machineDetails(machine, list[at] ?? recordFor('S1'), machine.findings);
}

async function reportHtml(of: ReportSummary, list: readonly NodeRecord[]): Promise<string> {
  let html = '';
  for await (const piece of reportPieces(of, sections(of, list))) html += piece;
  return html;
}

describe('report', () => {
  it('is one page', async () => assert.equal(await reportHtml(summary, records), golden('report.html')));
  it('needs nothing from outside, and what a machine says never becomes markup', async () => {
    const evil = recordFor('"><script>alert(1)</script>');
    const text = '"><script>alert(1)</script>';
    const identity: IdentityReport = {
      identityVersion: 1,
      same: [{ machines: [text, text], reasons: [text] }],
      collisions: [{ machines: [text, text], keys: [{ kind: 'uuid', value: text }], verdict: 'unclear', reasons: [text] }],
      weak: [{ machine: text, score: 1, keys: [], ignored: [{ kind: 'uuid', value: text, reason: text }] }],
    };
    const findings = [{ machine: FIRST, severity: 'note' as const, code: text, message: text, evidence: text }];
    const machines = [{ ...machineRow(FIRST, 1, evil), ...reportParts(evil), findings }];
    const html = await reportHtml({ ...summary, machines, findings, identity }, [evil]);
    assert.doesNotMatch(html, /<script|<link|<img|src=|href=(?!"#)|url\(|@import/i);
  });
  it('says when nothing stands out', async () => {
    const quiet = await reportHtml(
      { ...summary, findings: [], identity: { identityVersion: 1, same: [], collisions: [], weak: [] } },
      records,
    );
    assert.match(quiet, /Nothing stands out/);
    assert.doesNotMatch(quiet, /Same or not/);
  });
});
