import type { DiffSection, DiffWords } from './diff-words.ts';
import { escapeHtml } from './html-text.ts';
import { REPORT_STYLE } from './report-style.ts';

/** A comparison as one HTML page that needs nothing but a browser. */
export function diffHtml({ title, head, warnings, sections }: DiffWords): string {
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
${head.map((line) => `<p>${escapeHtml(line)}</p>\n`).join('')}${warnings.map((line) => `<p class="warning">${escapeHtml(line)}</p>\n`).join('')}${sections.map(section).join('')}</body>
</html>
`;
}

function section({ heading, entries }: DiffSection): string {
  if (entries.length === 0) return `<h2>${escapeHtml(heading)}</h2>\n`;
  const rows = entries.map(({ title, lines }) => `<tr><td>${escapeHtml(title)}</td><td>${lines.map(escapeHtml).join('<br>')}</td></tr>\n`);
  return `<h2>${escapeHtml(heading)}</h2>
<div class="scroll"><table>
<tr><th>Machine</th><th>What</th></tr>
${rows.join('')}</table></div>
`;
}
