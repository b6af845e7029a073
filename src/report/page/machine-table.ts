import { escapeHtml } from '../html-text.ts';
import { type MachineIndex, rowHtml } from './machine-columns.ts';
import { packedPart } from './page-parts.ts';

/** So many rows stand on a packed page before its script runs. */
const FIRST_ROWS = 100;

/** The table of all machines: plain rows that the page's script makes searchable. */
export function machineTableSection(index: MachineIndex): string {
  const shown = index.columns.filter(({ isShown }) => isShown);
  const rows = index.packed === undefined ? index.rows : index.rows.slice(0, FIRST_ROWS);
  return `<h2 id="machines">Machines</h2>
<div id="machine-tools" hidden>
<label>Search <input type="search" id="search" autocomplete="off" spellcheck="false" placeholder="serial, model, address, switch port, part …"></label>
<details id="columns"><summary>Columns</summary><div></div></details>
<p id="fitting" role="status"></p>
</div>
<div class="scroll"><table id="machine-table">
<thead><tr>${shown.map(({ label }) => `<th>${escapeHtml(label)}</th>`).join('')}</tr></thead>
<tbody>
${rows.map((row) => rowHtml(row, index.columns, ({ isShown }) => isShown)).join('')}</tbody>
</table></div>
<p id="pages" hidden></p>
${rows.length === index.rows.length ? '' : `<noscript><p class="warning">These are ${rows.length} of ${index.rows.length} machines: the others, search and details need JavaScript. nodes.csv in the tarball has all machines.</p></noscript>\n`}`;
}

/** What the page's script reads. */
export function indexPart(index: MachineIndex): string {
  return packedPart('machine-index', JSON.stringify(index));
}
