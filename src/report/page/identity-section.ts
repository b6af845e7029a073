import {
  type Collision,
  type IdentityReport,
  type IgnoredKey,
  KEY_NAMES,
  type SameMachine,
  type WeakIdentity,
} from '../../domain/record/identity.ts';
import { escapeHtml, machineLink } from '../html-text.ts';

/** Which machines are one, which only look like it, and which can hardly be told from others; empty when there is nothing to say. */
export function identitySection({ same, collisions, weak }: IdentityReport): string {
  if (same.length + collisions.length + weak.length === 0) return '';
  return `<h2 id="identity">Same or not</h2>\n${sameTable(same)}${collisionTable(collisions)}${weakTable(weak)}`;
}

function sameTable(same: readonly SameMachine[]): string {
  if (same.length === 0) return '';
  const rows = same.map(({ machines: [newest = '', ...others], reasons }) =>
    row(machineLink(newest), others.map(escapeHtml).join('<br>'), lines(reasons)),
  );
  return `<h3>One machine, several addresses</h3>
<p>Each is counted and listed once, with its newest record. The older records are in the tarball, too.</p>
${table(['Listed as', 'Also seen as', 'Why'], rows)}`;
}

function collisionTable(collisions: readonly Collision[]): string {
  if (collisions.length === 0) return '';
  const rows = collisions.map(({ machines, keys, verdict, reasons }) => {
    const shared = keys.map(({ kind, value }) => `${KEY_NAMES[kind]} ${value}`);
    const words = verdict === 'different' ? 'two machines' : 'not clear: look at them';
    return row(
      short(machines).join('<br>'),
      lines(limited(shared)),
      escapeHtml(machines.length > 2 && verdict === 'different' ? 'different machines' : words),
      lines(reasons),
    );
  });
  return `<h3>Separate machines that share a number</h3>
<p>They are counted one by one, and nothing of them was merged. Do not use the shared number to tell them apart.</p>
${table(['Machines', 'Share', 'They are', 'Why'], rows)}`;
}

function weakTable(weak: readonly WeakIdentity[]): string {
  if (weak.length === 0) return '';
  const rows = weak.map(({ machine, score, keys, ignored }) =>
    row(
      machineLink(machine),
      String(score),
      lines(keys.map(({ kind, value }) => `${KEY_NAMES[kind]} ${value}`)),
      lines(ignored.map(ignoredWords)),
    ),
  );
  return `<details class="notes">
<summary>${weak.length === 1 ? '1 machine is' : `${weak.length} machines are`} hard to tell from others</summary>
<p>They say little of themselves that no other machine says. Values that many machines share are ignored.</p>
${table(['Machine', 'Score of 100', 'Known by', 'Ignored'], rows)}</details>
`;
}

function ignoredWords({ kind, value, reason }: IgnoredKey): string {
  return `${KEY_NAMES[kind]} ${value}: ${reason}`;
}

/** A number that hundreds share needs no list of hundreds; identity.json has it. */
function short(machines: readonly string[]): string[] {
  return limited(machines).map((machine) => (machines.includes(machine) ? machineLink(machine) : escapeHtml(machine)));
}

function limited(texts: readonly string[]): string[] {
  return texts.length <= 12 ? [...texts] : [...texts.slice(0, 10), `and ${texts.length - 10} more (identity.json)`];
}

function lines(texts: readonly string[]): string {
  return texts.length === 0 ? '—' : texts.map(escapeHtml).join('<br>');
}

function row(...cells: readonly string[]): string {
  return `<tr>${cells.map((content) => `<td>${content}</td>`).join('')}</tr>\n`;
}

function table(heads: readonly string[], rows: readonly string[]): string {
  return `<div class="scroll"><table>
<tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr>
${rows.join('')}</table></div>
`;
}
