import { createHash } from 'node:crypto';
import type { Finding } from '../../domain/record/finding.ts';
import type { IdentityReport } from '../../domain/record/identity.ts';
import { CLOCK_NOT_SET, isTimePossible } from '../../domain/visit/possible-time.ts';
import type { EarlierVisit, VisitStart } from '../../domain/visit/visit-start.ts';
import { earlierWords, visitStartWords } from '../../domain/visit/words-of-visits.ts';
import type { MergedSource } from '../../domain/visit-tarball.ts';
import { equalMachines } from '../fleet/equal-machines.ts';
import type { ReportMachine } from '../fleet/report-machine.ts';
import type { VisitTimes } from '../fleet/visit-times.ts';
import { wiringOf } from '../fleet/wiring.ts';
import { escapeHtml } from '../html-text.ts';
import type { MissingMachine } from '../missing-machine.ts';
import { chartsSection } from './charts-section.ts';
import { findingsSection } from './findings-section.ts';
import { groupsSection } from './groups-section.ts';
import { identitySection } from './identity-section.ts';
import { machineIndex } from './indexed-machines.ts';
import { indexPart, machineTableSection } from './machine-table.ts';
import { missingSection } from './missing-section.ts';
import { foldedParts, packedPart } from './page-parts.ts';
import { REPORT_STYLE } from './report-style.ts';
import { timesSection } from './times-section.ts';
import { totalsSection } from './totals-section.ts';
import { wiringSection } from './wiring-section.ts';

/** What and when it is about. */
export interface ReportHeading {
  site: string;
  /** UTC, ISO 8601 */
  createdAt: string;
  imageVersion: string;
  visit?: VisitStart;
  earlierVisits?: readonly EarlierVisit[];
  /** of a merged tarball: what it was made of */
  sources?: readonly MergedSource[];
  /** visits before, in which its parts were looked for */
  tracedThrough?: readonly string[];
}

export interface ReportSummary extends ReportHeading {
  machines: readonly ReportMachine[];
  missing: readonly MissingMachine[];
  /** of the listed machines, the worst first */
  findings: readonly Finding[];
  identity: IdentityReport;
  times?: VisitTimes;
  /** of the key that the tarball is signed with */
  code?: string;
  /** the stick had no room for the raw captures */
  isWithoutCaptures?: boolean;
  /** the program of the page, for search and for what is packed; without it all stands open on the page */
  script?: string;
}

/** More machines than these are packed: a browser would need minutes for their sections. */
const MOST_UNPACKED = 200;
/** So many sections are unpacked for one. */
const PACKED_TOGETHER = 25;

/**
 * The whole report piece by piece: one HTML page that needs nothing but a browser. The sections of the machines (machine-details.ts) come
 * in the order of the machines, one at a time, so that neither all of them nor all records are needed in memory.
 */
export async function* reportPieces(summary: ReportSummary, machineSections: AsyncIterable<string>): AsyncGenerator<string> {
  const { machines, script } = summary;
  const isPacked = script !== undefined && machines.length > MOST_UNPACKED;
  const parts = foldedParts(isPacked);
  const groups = equalMachines(machines);
  const byMac = new Map(machines.map((machine) => [machine.mac, machine]));
  const differs = new Map(
    groups.flatMap(({ odd }) =>
      odd.flatMap(({ macs, differences }) => macs.map((mac) => [mac, differences.map(({ aspect }) => aspect)] as const)),
    ),
  );
  const index = machineIndex(machines, differs, isPacked ? PACKED_TOGETHER : undefined);
  const sections = [
    ['missing', 'Did not arrive', missingSection(summary.missing)],
    ['findings', 'Findings', findingsSection(summary.findings, parts)],
    ['groups', 'Equal machines', groupsSection(groups, byMac, parts)],
    ['charts', 'At a glance', chartsSection(machines, groups)],
    ['wiring', 'Wiring', wiringSection(wiringOf(machines), byMac, parts)],
    ['identity', 'Same or not', identitySection(summary.identity)],
    ['times', 'Times', timesSection(summary.times)],
    ['machines', 'Machines', machineTableSection(index)],
  ] as const;
  const lost = summary.missing.filter(({ portOf }) => portOf === undefined).length;
  yield pageHead(summary);
  yield contents(sections.filter(([id, , html]) => html.includes(`id="${id}"`)));
  yield totalsSection({ machines, models: groups.length, lost, findings: summary.findings });
  for (const [, , html] of sections) yield html;
  yield `<h2 id="details">Details</h2>\n${isPacked ? '<p>A click on the address of a machine puts its section here.</p>\n<div id="opened"></div>\n' : ''}`;
  yield parts.take();
  yield* isPacked ? packedTogether(machineSections) : machineSections;
  if (script !== undefined) yield `${indexPart(index)}<script>${script}</script>\n`;
  yield '</body>\n</html>\n';
}

async function* packedTogether(machineSections: AsyncIterable<string>): AsyncGenerator<string> {
  let [together, count] = ['', 0];
  for await (const section of machineSections) {
    together += section;
    count += 1;
    if (count % PACKED_TOGETHER !== 0) continue;
    yield packedPart(`machines-${count / PACKED_TOGETHER - 1}`, together);
    together = '';
  }
  if (together !== '') yield packedPart(`machines-${Math.floor(count / PACKED_TOGETHER)}`, together);
}

function pageHead({ site, createdAt, imageVersion, code, script, isWithoutCaptures, ...visits }: ReportSummary): string {
  const title = `Inventory of ${site}`;
  // a merged one is made at the desk, and has the time of the newest of its sources
  const isPossible = visits.sources !== undefined || isTimePossible({ at: createdAt, visit: visits.visit });
  const hash = script === undefined ? "'none'" : `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src ${hash}">
<meta name="generator" content="Recon ${escapeHtml(imageVersion)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>Made ${escapeHtml(createdAt)} (clock of the master${isPossible ? '' : ', which was not set'}) with Recon ${escapeHtml(imageVersion)}.</p>
${isPossible ? '' : `<p><strong>The clock was not set.</strong> ${escapeHtml(CLOCK_NOT_SET)}</p>\n`}${visitLines(visits)}${isWithoutCaptures === true ? WITHOUT_CAPTURES : ''}${signedWith(code)}`;
}

const WITHOUT_CAPTURES =
  '<p><strong>Sealed without the raw captures</strong>, because the stick had no room for them. They are on it below <code>records/</code>; <code>recon recover</code> makes a tarball with them.</p>\n';

function contents(sections: readonly (readonly [id: string, title: string, html: string])[]): string {
  return `<nav>${sections.map(([id, title]) => `<a href="#${id}">${title}</a>`).join(' ')}</nav>\n`;
}

/** Which visit the machines are of, and what is not in the page although it was on the stick. */
function visitLines({
  visit,
  earlierVisits = [],
  sources = [],
  tracedThrough = [],
}: Omit<ReportHeading, 'site' | 'createdAt' | 'imageVersion'>): string {
  const sentences = [
    ...(visit === undefined ? [] : [`This is ${visitStartWords(visit)}.`]),
    ...sources.map(mergedWords),
    ...(earlierVisits.length === 0 ? [] : [`Earlier on the same stick, and not in here: ${earlierWords(earlierVisits)}.`]),
    ...(tracedThrough.length === 0
      ? []
      : [`Serial numbers and addresses in the details lead to where the part was at earlier visits: ${tracedThrough.join('; ')}.`]),
  ];
  return sentences.map((sentence) => `<p>${escapeHtml(sentence)}</p>\n`).join('');
}

function mergedWords({ name, createdAt, visit }: MergedSource): string {
  const unset = isTimePossible({ at: createdAt, visit })
    ? ''
    : ' The clock of its master was not set: its place in the order is what somebody said.';
  return `Merged from ${name}${visit === undefined ? '' : `: ${visitStartWords(visit)}`}.${unset}`;
}

/** The page's own word for it proves nothing; it is there to be compared. */
function signedWith(code: string | undefined): string {
  if (code === undefined) return '';
  return `<p>Code of this visit: <span class="code">${escapeHtml(code)}</span>. The master showed it on its screen; <code>recon verify</code> prints that of the signature.</p>\n`;
}
