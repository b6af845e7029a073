import type { Difference, MachineGroup } from '../fleet/equal-machines.ts';
import type { ReportMachine } from '../fleet/report-machine.ts';
import { escapeHtml, machineLink } from '../html-text.ts';
import type { FoldedParts } from './page-parts.ts';

/** A number that hundreds share needs no list of hundreds; the table of machines has a column for it. */
const MOST_LINKS = 24;
const MOST_ODD = 40;

/** Machines of one model, what they have in common, and who is unlike the others. */
export function groupsSection(groups: readonly MachineGroup[], machines: ReadonlyMap<string, ReportMachine>, parts: FoldedParts): string {
  const several = groups.filter(({ macs }) => macs.length > 1);
  const single = groups.filter(({ macs }) => macs.length === 1);
  if (several.length === 0) return '';
  return `<h2 id="groups">Equal machines</h2>
<p>Machines of one model beside each other. What more than half of a model have is taken as usual.</p>
${several.map((group) => groupPart(group, machines, parts)).join('')}${singles(single)}`;
}

function groupPart(group: MachineGroup, machines: ReadonlyMap<string, ReportMachine>, parts: FoldedParts): string {
  const { attribute, content } = parts.fold(`${usualTable(group)}${oddTable(group, machines)}`);
  const isOpen = !parts.isPacked && group.odd.length > 0;
  return `<details class="group"${attribute}${isOpen ? ' open' : ''}>
<summary>${group.macs.length} × ${escapeHtml(group.model)} <span class="aside">${escapeHtml(verdict(group))}</span></summary>
<div class="part">${content}</div></details>
`;
}

function verdict({ macs, equal, odd, mixed }: MachineGroup): string {
  const differing = macs.length - equal.length;
  const aspects = [...new Set(odd.flatMap(({ differences }) => differences.map(({ aspect }) => aspect)))];
  const mix = mixed.length === 0 ? '' : `; mixed: ${mixed.map(({ aspect }) => aspect).join(', ')}`;
  if (differing === 0) return `all equal${mix}`;
  return `${differing} ${differing === 1 ? 'differs' : 'differ'} in ${aspects.join(', ')}${mix}`;
}

function usualTable({ usual, mixed }: MachineGroup): string {
  const common = usual.map(({ aspect, value }) => `<tr><th>${aspect}</th><td>${escapeHtml(value)}</td></tr>\n`);
  const spread = mixed.map(({ aspect, values }) => {
    const words = values.slice(0, 8).map(([value, count]) => `${escapeHtml(value)} <span class="aside">on ${count}</span>`);
    const more = values.length > 8 ? [`<span class="aside">and ${values.length - 8} more</span>`] : [];
    return `<tr><th>${aspect}, mixed</th><td>${[...words, ...more].join('<br>')}</td></tr>\n`;
  });
  return `<table class="facts">\n${common.join('')}${spread.join('')}</table>\n`;
}

function oddTable({ odd, usual }: MachineGroup, machines: ReadonlyMap<string, ReportMachine>): string {
  if (odd.length === 0) return '';
  const usualOf = new Map(usual.map(({ aspect, value }) => [aspect, value]));
  const rows = odd
    .slice(0, MOST_ODD)
    .map(
      ({ macs, differences }) =>
        `<tr><td class="number">${macs.length}</td><td>${differences.map((difference) => differenceWords(difference, usualOf.get(difference.aspect))).join('<br>')}</td><td>${links(macs, machines)}</td></tr>\n`,
    );
  const more = odd.length > MOST_ODD ? `<p>${odd.length - MOST_ODD} more kinds; the column “Differs in” of the table has all.</p>\n` : '';
  return `<h4>Unlike the others</h4>
<div class="scroll"><table>
<tr><th>Machines</th><th>What they have</th><th>Which</th></tr>
${rows.join('')}</table></div>
${more}`;
}

function differenceWords({ aspect, value }: Difference, usual: string | undefined): string {
  const has = value === undefined ? '<em>not reported</em>' : escapeHtml(value);
  return `<strong>${aspect}</strong> ${has}${usual === undefined || usual.length > 60 ? '' : ` <span class="aside">usual: ${escapeHtml(usual)}</span>`}`;
}

function links(macs: readonly string[], machines: ReadonlyMap<string, ReportMachine>): string {
  const named = macs.slice(0, MOST_LINKS).map((mac) => {
    const serial = machines.get(mac)?.serial;
    return `<span class="code item">${machineLink(mac)}${serial === undefined ? '' : ` ${escapeHtml(serial)}`}</span>`;
  });
  const more = macs.length > MOST_LINKS ? ` <span class="aside">and ${macs.length - MOST_LINKS} more</span>` : '';
  return `${named.join(' ')}${more}`;
}

function singles(groups: readonly MachineGroup[]): string {
  if (groups.length === 0) return '';
  const names = groups.slice(0, 60).map(({ model, macs: [mac = ''] }) => `${escapeHtml(model)} (${machineLink(mac)})`);
  const more = groups.length > 60 ? `, and ${groups.length - 60} more` : '';
  return `<p>One of each: ${names.join(', ')}${more}.</p>\n`;
}
