import type { NodeRecord } from '../domain/node-record.ts';
import { binarySize, cell, decimalSize, escapeHtml } from './html-text.ts';
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
}

export interface ReportSummary {
  site: string;
  /** UTC, ISO 8601 */
  createdAt: string;
  imageVersion: string;
  rows: readonly MachineRow[];
  missing: readonly MissingMachine[];
}

/** The whole report: one HTML page that needs nothing but a browser. Rows and records are in the same order. */
export function reportHtml(summary: ReportSummary, records: readonly NodeRecord[]): string {
  const details = summary.rows.map((row, index) => {
    const record = records[index];
    return record === undefined ? '' : machineDetails(row, record);
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
${totals(summary.rows, summary.missing.length)}${missingTable(summary.missing)}${machineTable(summary.rows)}<h2>Details</h2>
`;
}

/** The end of the page. */
export function reportTail(): string {
  return '</body>\n</html>\n';
}

function totals(rows: readonly MachineRow[], missing: number): string {
  const sum = (pick: (row: MachineRow) => number | undefined): number => rows.reduce((total, row) => total + (pick(row) ?? 0), 0);
  return `<table>
<tr><th>Machines with a record</th>${cell(rows.length, 'number')}</tr>
<tr><th>Machines that asked and did not arrive</th>${cell(missing, 'number')}</tr>
<tr><th>CPU cores</th>${cell(
    sum((row) => row.cpuCores),
    'number',
  )}</tr>
<tr><th>Memory</th>${cell(binarySize(sum((row) => row.memoryInstalledBytes ?? row.memoryTotalBytes)), 'number')}</tr>
<tr><th>Disks</th>${cell(`${sum((row) => row.diskCount)}, ${decimalSize(sum((row) => row.diskBytes))}`, 'number')}</tr>
</table>
`;
}

function missingTable(missing: readonly MissingMachine[]): string {
  if (missing.length === 0) return '';
  const rows = missing.map(
    ({ mac, stage, at, address, detail }) =>
      `<tr>${cell(mac, 'code')}${cell(stage)}${cell(at)}${cell(address, 'code')}${cell(detail)}</tr>\n`,
  );
  return `<h2>Asked and did not arrive</h2>
<p class="warning">These machines were seen on the network and gave no record. Look at them before you leave.</p>
<div class="scroll"><table>
<tr><th>MAC address</th><th>Last step</th><th>At</th><th>Address</th><th>Detail</th></tr>
${rows.join('')}</table></div>
`;
}

function machineTable(rows: readonly MachineRow[]): string {
  const heads = ['MAC address', 'Vendor', 'Product', 'Serial', 'CPU', 'Cores', 'Memory', 'Disks', 'NIC MAC addresses', 'BMC address'];
  const body = rows.map((row) => {
    const cpu = row.cpuModel === undefined ? undefined : `${row.cpuSockets === undefined ? '' : `${row.cpuSockets} × `}${row.cpuModel}`;
    const disks = row.diskCount === undefined ? undefined : `${row.diskCount} (${decimalSize(row.diskBytes) ?? '—'})`;
    return `<tr>${cell(row.mac, 'code')}${cell(row.vendor)}${cell(row.product)}${cell(row.serial)}${cell(cpu)}${cell(row.cpuCores, 'number')}${cell(
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
