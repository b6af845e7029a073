import { countFindings, type Finding, type FindingCounts, SEVERITIES } from '../domain/finding.ts';
import { cell, escapeHtml, machineLink } from './html-text.ts';

/** What an engineer would circle on this visit, the worst first; notes are folded, because there are many and none is urgent. */
export function findingsSection(findings: readonly Finding[]): string {
  if (findings.length === 0) return '<h2>Findings</h2>\n<p>Nothing stands out in the records.</p>\n';
  const [urgent, notes] = [findings.filter(({ severity }) => severity !== 'note'), findings.filter(({ severity }) => severity === 'note')];
  const folded =
    notes.length === 0 ? '' : `<details class="notes">\n<summary>${plural(notes.length, 'note')}</summary>\n${table(notes)}</details>\n`;
  return `<h2>Findings</h2>
<p>${escapeHtml(findingWords(countFindings(findings)))}. The last column names the field of the machine's record that shows it.</p>
${urgent.length === 0 ? '' : table(urgent)}${folded}`;
}

/** `1 critical, 3 warnings, 2 notes`; `none` when there is none. */
export function findingWords(counts: FindingCounts): string {
  const parts = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) =>
    severity === 'critical' ? `${counts.critical} critical` : plural(counts[severity], severity),
  );
  return parts.length === 0 ? 'none' : parts.join(', ');
}

/** The findings of one machine, for its details. */
export function machineFindings(findings: readonly Finding[]): string {
  if (findings.length === 0) return '';
  const rows = findings.map((finding) => `<tr>${severityCell(finding)}${cell(finding.message)}${cell(finding.evidence, 'path')}</tr>\n`);
  return `<h4>Findings</h4>
<div class="scroll"><table>
<tr><th>Severity</th><th>What</th><th>Field</th></tr>
${rows.join('')}</table></div>
`;
}

function table(findings: readonly Finding[]): string {
  const rows = findings.map(
    (finding) =>
      `<tr>${severityCell(finding)}<td class="code">${machineLink(finding.machine)}</td>${cell(finding.message)}${cell(finding.evidence, 'path')}</tr>\n`,
  );
  return `<div class="scroll"><table>
<tr><th>Severity</th><th>Machine</th><th>What</th><th>Field</th></tr>
${rows.join('')}</table></div>
`;
}

function severityCell({ severity }: Finding): string {
  return `<td><span class="severity ${severity}">${severity}</span></td>`;
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
