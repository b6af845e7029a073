import { cell, escapeHtml, machineAnchor } from '../../html-text.ts';
import type { PartHistory } from '../../trace/earlier-places.ts';

/** A machine's tables with a link from each part to its trace, and the traces below them. */
export function tracedParts(mac: string, tables: string, histories: readonly PartHistory[]): string {
  if (histories.length === 0) return tables;
  const anchors = new Map<string, string>();
  const rows = histories.map(({ kind, label, names, stays }, at) => {
    const anchor = `${machineAnchor(mac)}-part-${at + 1}`;
    for (const name of names) anchors.set(cell(name), anchor);
    const where = stays.length === 0 ? 'at no earlier visit' : stays.map((stay) => `${stay.visits}: ${stay.where}`).join('; ');
    return `<tr id="${escapeHtml(anchor)}">${cell(kind)}${cell(label)}${cell(where)}</tr>\n`;
  });
  const linked = tables.replaceAll(/<td>[^<]*<\/td>/g, (one) => {
    const anchor = anchors.get(one);
    return anchor === undefined ? one : one.replace(/^<td>(.*)<\/td>$/s, `<td><a href="#${escapeHtml(anchor)}">$1</a></td>`);
  });
  return `${linked}<h4>Where these parts were</h4>
<div class="scroll"><table>
<tr><th>Part</th><th>Which</th><th>At earlier visits</th></tr>
${rows.join('')}</table></div>
`;
}
