import { escapeHtml } from '../html-text.ts';
import { REPORT_STYLE } from '../page/report-style.ts';
import type { DiffSection } from './section.ts';
import type { DiffWords } from './words.ts';

type Entry = DiffSection['entries'][number];

/** A comparison as one HTML page that needs nothing but a browser. */
export function diffHtml({ title, head, warnings, sections }: DiffWords): string {
  const links = sections.map(({ heading, entries }, at) =>
    entries.length === 0 ? '' : `<a href="#part-${at}">${escapeHtml(heading)}</a>\n`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${head.map((line) => `<p>${escapeHtml(line)}</p>\n`).join('')}${warnings.map((line) => `<p class="warning">${escapeHtml(line)}</p>\n`).join('')}<nav>
${links.join('')}</nav>
${sections.map(section).join('')}</body>
</html>
`;
}

function section({ heading, entries }: DiffSection, at: number): string {
  if (entries.length === 0) return '';
  const [shared, single] = [entries.filter(({ isLong }) => isLong === true), entries.filter(({ isLong }) => isLong !== true)];
  return `<h2 id="part-${at}">${escapeHtml(heading)}</h2>\n${shared.map(folded).join('')}${table(single)}`;
}

/** Machines that share a change: the change is read, the list is looked up. */
function folded({ title, lines }: Entry): string {
  return `<details>
<summary>${escapeHtml(title)}</summary>
${columns(lines)}</details>
`;
}

function table(entries: readonly Entry[]): string {
  if (entries.length === 0) return '';
  const isPlain = entries.every(({ lines }) => lines.length === 0);
  if (isPlain) return columns(entries.map(({ title }) => title));
  const rows = entries.map(
    ({ title, lines }) =>
      `<tr><td class="words">${escapeHtml(title)}</td><td class="words">${lines.map(escapeHtml).join('<br>')}</td></tr>\n`,
  );
  return `<div class="scroll"><table>
<tr><th>Machine</th><th>What</th></tr>
${rows.join('')}</table></div>
`;
}

function columns(lines: readonly string[]): string {
  return `<ul class="columns">${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('\n')}</ul>\n`;
}
