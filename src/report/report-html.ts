import type { EarlyFacts } from '../domain/early-facts.ts';
import { countFindings, type Finding } from '../domain/finding.ts';
import type { IdentityReport } from '../domain/identity.ts';
import type { NodeRecord } from '../domain/node-record.ts';
import { findingsSection, findingWords } from './findings-section.ts';
import { binarySize, cell, decimalSize, escapeHtml, machineLink } from './html-text.ts';
import { identitySection } from './identity-section.ts';
import { machineDetails } from './machine-details.ts';
import type { MachineRow } from './machine-row.ts';
import { REPORT_STYLE } from './report-style.ts';

/** A machine that was seen on the network and gave no record. */
export interface MissingMachine {
  mac: string;
  /** the last step that the master saw */
  stage: string;
  at: string | undefined;
  address: string | undefined;
  detail: string | undefined;
  /** why it does not go on, and what to try */
  verdict?: { code: string; sentence: string; hint: string };
  /** what its boot loader and initrd said */
  facts?: EarlyFacts;
  /** the listed machine that the address is a port of; firmware tries one port after the other */
  portOf?: string;
}

export interface ReportSummary {
  site: string;
  /** UTC, ISO 8601 */
  createdAt: string;
  imageVersion: string;
  rows: readonly MachineRow[];
  missing: readonly MissingMachine[];
  /** of the listed machines, the worst first */
  findings: readonly Finding[];
  identity: IdentityReport;
  /** of the key that the tarball is signed with */
  code?: string;
}

/** The whole report: one HTML page that needs nothing but a browser. Rows and records are in the same order. */
export function reportHtml(summary: ReportSummary, records: readonly NodeRecord[]): string {
  const findings = Map.groupBy(summary.findings, (finding) => finding.machine);
  const details = summary.rows.map((row, index) => {
    const record = records[index];
    return record === undefined ? '' : machineDetails(row, record, findings.get(row.mac) ?? []);
  });
  return [reportHead(summary), ...details, reportTail()].join('');
}

/** The page up to the machines' details, which follow one by one, so that no list of all records is needed in memory. */
export function reportHead(summary: ReportSummary): string {
  const title = `Inventory of ${summary.site}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>Made ${escapeHtml(summary.createdAt)} (clock of the master) with Recon ${escapeHtml(summary.imageVersion)}.</p>
${signedWith(summary.code)}${totals(summary)}${missingTables(summary.missing)}${findingsSection(summary.findings)}${identitySection(summary.identity)}${machineTable(summary.rows)}<h2>Details</h2>
`;
}

/** The end of the page. */
export function reportTail(): string {
  return '</body>\n</html>\n';
}

/** The page's own word for it proves nothing; it is there to be compared. */
function signedWith(code: string | undefined): string {
  if (code === undefined) return '';
  return `<p>Code of this visit: <span class="code">${escapeHtml(code)}</span>. The master showed it on its screen; <code>recon verify</code> prints that of the signature.</p>\n`;
}

function totals({ rows, missing, findings }: ReportSummary): string {
  const sum = (pick: (row: MachineRow) => number | undefined): number => rows.reduce((total, row) => total + (pick(row) ?? 0), 0);
  return `<table>
<tr><th>Machines with a record</th>${cell(rows.length, 'number')}</tr>
<tr><th>Machines that asked and did not arrive</th>${cell(missing.filter(({ portOf }) => portOf === undefined).length, 'number')}</tr>
<tr><th>CPU cores</th>${cell(
    sum((row) => row.cpuCores),
    'number',
  )}</tr>
<tr><th>Memory</th>${cell(binarySize(sum((row) => row.memoryInstalledBytes ?? row.memoryTotalBytes)), 'number')}</tr>
<tr><th>Disks</th>${cell(`${sum((row) => row.diskCount)}, ${decimalSize(sum((row) => row.diskBytes))}`, 'number')}</tr>
<tr><th>Findings</th>${cell(findingWords(countFindings(findings)), 'number')}</tr>
</table>
`;
}

function missingTables(missing: readonly MissingMachine[]): string {
  const { ports = [], lost = [] } = Object.groupBy(missing, ({ portOf }) => (portOf === undefined ? 'lost' : 'ports'));
  const warning = `<p class="warning">These machines were seen on the network and gave no record. Look at them before you leave.</p>\n`;
  const folded = `<details class="notes">
<summary>${ports.length === 1 ? '1 more address that asked is a port of a machine' : `${ports.length} more addresses that asked are ports of machines`} with a record</summary>
${missingTable(ports)}</details>
`;
  return `${lost.length === 0 ? '' : `<h2>Asked and did not arrive</h2>\n${warning}${missingTable(lost)}`}${ports.length === 0 ? '' : folded}`;
}

function missingTable(missing: readonly MissingMachine[]): string {
  const rows = missing.map(
    ({ mac, stage, at, address, detail, portOf, verdict, facts }) =>
      `<tr>${cell(mac, 'code')}${cell(knownOf(facts))}${cell(stage)}${cell(at)}${cell(address, 'code')}${portOf === undefined ? `${cell(verdict?.sentence ?? detail)}${cell(verdict?.hint)}` : `<td colspan="2">a port of ${machineLink(portOf)}</td>`}</tr>\n`,
  );
  return `<div class="scroll"><table>
<tr><th>MAC address</th><th>What is known</th><th>Last step</th><th>At</th><th>Address</th><th>Why</th><th>What to try</th></tr>
${rows.join('')}</table></div>
`;
}

function knownOf(facts: EarlyFacts | undefined): string | undefined {
  if (facts === undefined) return undefined;
  const { vendor, product, serial, nicPciId, memoryBytes, ramBytes } = facts;
  const nic = nicPciId === undefined ? undefined : `NIC ${nicPciId}`;
  const parts = [vendor, product, serial, nic, binarySize(memoryBytes ?? ramBytes)];
  return parts.filter((part) => part !== undefined).join(', ') || undefined;
}

function machineTable(rows: readonly MachineRow[]): string {
  const heads = ['MAC address', 'Vendor', 'Product', 'Serial', 'CPU', 'Cores', 'Memory', 'Disks', 'NIC MAC addresses', 'BMC address'];
  const body = rows.map((row) => {
    const cpu = row.cpuModel === undefined ? undefined : `${row.cpuSockets === undefined ? '' : `${row.cpuSockets} × `}${row.cpuModel}`;
    const disks = row.diskCount === undefined ? undefined : `${row.diskCount} (${decimalSize(row.diskBytes) ?? '—'})`;
    return `<tr><td class="code">${[machineLink(row.mac), ...(row.otherMacs ?? []).map(escapeHtml)].join('<br>')}</td>${cell(row.vendor)}${cell(row.product)}${cell(row.serial)}${cell(cpu)}${cell(row.cpuCores, 'number')}${cell(
      binarySize(row.memoryInstalledBytes ?? row.memoryTotalBytes),
      'number',
    )}${cell(disks, 'number')}${cell(row.nicMacs?.join(' '))}${cell(row.bmcAddress)}</tr>\n`;
  });
  return `<h2>Machines</h2>
<div class="scroll"><table>
<tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr>
${body.join('')}</table></div>
`;
}
