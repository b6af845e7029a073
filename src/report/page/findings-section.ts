import { countFindings, type Finding, type FindingCounts, SEVERITIES } from '../../domain/record/finding.ts';
import { counted } from '../../domain/values/counted.ts';
import { cell, escapeHtml, machineLink } from '../html-text.ts';
import type { FoldedParts } from './page-parts.ts';

/** With more than these, findings of one kind are put together. */
const MOST_UNGROUPED = 30;

/** What an engineer would circle on this visit, the worst first; notes are folded, because there are many and none is urgent. */
export function findingsSection(findings: readonly Finding[], parts: FoldedParts): string {
  if (findings.length === 0) return '<h2 id="findings">Findings</h2>\n<p>Nothing stands out in the records.</p>\n';
  const [urgent, notes] = [findings.filter(({ severity }) => severity !== 'note'), findings.filter(({ severity }) => severity === 'note')];
  return `<h2 id="findings">Findings</h2>
<p>${escapeHtml(findingWords(countFindings(findings)))}. The last column names the field of the machine's record that shows it.</p>
${urgent.length <= MOST_UNGROUPED ? table(urgent) : kinds(urgent, parts)}${folded(notes, parts)}`;
}

/** `1 critical, 3 warnings, 2 notes`; `none` when there is none. */
export function findingWords(counts: FindingCounts): string {
  const words = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) =>
    severity === 'critical' ? `${counts.critical} critical` : counted(counts[severity], severity),
  );
  return words.length === 0 ? 'none' : words.join(', ');
}

/** The findings of one machine, for its details. */
export function machineFindings(findings: readonly Finding[]): string {
  if (findings.length === 0) return '';
  const rows = findings.map(
    (finding) => `<tr>${severityCell(finding)}${cell(finding.message, 'words')}${cell(finding.evidence, 'path')}</tr>\n`,
  );
  return `<h4>Findings</h4>
<div class="scroll"><table>
<tr><th>Severity</th><th>What</th><th>Field</th></tr>
${rows.join('')}</table></div>
`;
}

function folded(notes: readonly Finding[], parts: FoldedParts): string {
  if (notes.length === 0) return '';
  if (notes.length > MOST_UNGROUPED) return `<h3>Notes</h3>\n${kinds(notes, parts)}`;
  return `<details class="notes">\n<summary>${counted(notes.length, 'note')}</summary>\n${table(notes)}</details>\n`;
}

/** One folded part for each kind of finding, the most frequent of a severity first. */
function kinds(findings: readonly Finding[], parts: FoldedParts): string {
  const groups = [...Map.groupBy(findings, ({ severity, code }) => `${severity} ${code}`).values()].sort(
    (a, b) => rank(a) - rank(b) || b.length - a.length,
  );
  return groups
    .map((group) => {
      const [first] = group;
      if (first === undefined) return '';
      const machines = new Set(group.map(({ machine }) => machine)).size;
      const { attribute, content } = parts.fold(table(group));
      return `<details class="finding"${attribute}>
<summary><span class="severity ${first.severity}">${first.severity}</span> ${escapeHtml(sentence(first.code))} <span class="aside">${counted(machines, 'machine')}${group.length === machines ? '' : `, ${group.length} times`} · ${escapeHtml(first.message)}${group.length > 1 ? ' …' : ''}</span></summary>
<div class="part">${content}</div></details>
`;
    })
    .join('');
}

function rank([first]: readonly Finding[]): number {
  return SEVERITIES.indexOf(first?.severity ?? 'note');
}

const ABBREVIATIONS = [
  'BIOS',
  'BMC',
  'CPU',
  'DIMM',
  'ECC',
  'GPU',
  'LLDP',
  'NIC',
  'NVMe',
  'PCI',
  'PCIe',
  'PSU',
  'RAID',
  'SEL',
  'SMART',
  'TPM',
];
const WRITTEN = new Map(ABBREVIATIONS.map((word) => [word.toLowerCase(), word]));

/** `dimm-slow` as `DIMM slow`: enough for a heading, the message stands beside it. */
function sentence(code: string): string {
  const words = code
    .split('-')
    .map((word) => WRITTEN.get(word) ?? word)
    .join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function table(findings: readonly Finding[]): string {
  if (findings.length === 0) return '';
  const rows = findings.map(
    (finding) =>
      `<tr>${severityCell(finding)}<td class="code">${machineLink(finding.machine)}</td>${cell(finding.message, 'words')}${cell(finding.evidence, 'path')}</tr>\n`,
  );
  return `<div class="scroll"><table>
<tr><th>Severity</th><th>Machine</th><th>What</th><th>Field</th></tr>
${rows.join('')}</table></div>
`;
}

function severityCell({ severity }: Finding): string {
  return `<td><span class="severity ${severity}">${severity}</span></td>`;
}
