import { counted } from '../../domain/values/counted.ts';
import { knownWords } from '../../domain/values/known-words.ts';
import type { ReportMachine } from '../fleet/report-machine.ts';
import type { PortLink, WiredSwitch, Wiring } from '../fleet/wiring.ts';
import { cell, escapeHtml, machineLink } from '../html-text.ts';
import type { FoldedParts } from './page-parts.ts';
import { speedWords } from './speed-words.ts';
import { switchPanel, switchThumbnail } from './switch-panel.ts';

/** So many switches stand open on a page that is not packed; of more there is a map, and their list is folded. */
const MOST_OPEN = 12;
/** A map of more switches is folded, too. */
const MOST_MAPPED = 120;
const MOST_NAMED = 40;

/** Which machine hangs on which port of which switch. */
export function wiringSection(wiring: Wiring, machines: ReadonlyMap<string, ReportMachine>, parts: FoldedParts): string {
  const { switches } = wiring;
  const isOpen = !parts.isPacked && switches.length <= MOST_OPEN;
  const list = switches.map((one, at) => switchPart(one, at, machines, parts, isOpen)).join('');
  const head = switches.length === 0 ? '<p>No machine heard a switch announce itself by LLDP.</p>\n' : overview(wiring);
  return `<h2 id="wiring">Wiring</h2>
${head}${switches.length > MOST_OPEN ? switchMap(switches, parts) : ''}${exceptions(wiring, machines)}${switches.length > MOST_OPEN ? folded(`Ports of all ${switches.length} switches`, list) : list}`;
}

function overview({ switches }: Wiring): string {
  const ports = switches.reduce((sum, one) => sum + one.ports.length, 0);
  const legend = [
    ['speed-slow', 'below 1 Gbit/s'],
    ['speed-1g', '1 to below 10'],
    ['speed-10g', '10 to below 25'],
    ['speed-25g', '25 to below 100'],
    ['speed-100g', '100 and more'],
    ['speed-unknown', 'unknown'],
    ['shared', 'several machines'],
  ].map(([name, words]) => `<span class="key ${name}"></span>${words}`);
  return `<p>${counted(ports, 'port')} of ${counted(switches.length, 'switch', 'switches')} with a machine, by what the switches announce (LLDP). A port that is not here may still be in use.</p>
<p class="legend">${legend.join(' ')}</p>
`;
}

/** All switches as thumbnails: what is slow, shared or empty is seen before it is read. */
function switchMap(switches: readonly WiredSwitch[], parts: FoldedParts): string {
  const maps = switches.map((one, at) => `<a href="#switch-${at}">${switchThumbnail(one)}${escapeHtml(one.name)}</a>\n`);
  const map = `<div class="switch-map">\n${maps.join('')}</div>\n`;
  if (switches.length <= MOST_MAPPED) return map;
  const { attribute, content } = parts.fold(map);
  return `<details${attribute}><summary>Map of all ${switches.length} switches</summary>\n<div class="part">${content}</div></details>\n`;
}

function folded(title: string, html: string): string {
  return `<details class="switches"><summary>${escapeHtml(title)}</summary>\n${html}</details>\n`;
}

function switchPart(
  one: WiredSwitch,
  at: number,
  machines: ReadonlyMap<string, ReportMachine>,
  parts: FoldedParts,
  isOpen: boolean,
): string {
  const rows = one.ports.flatMap(({ port, links }) => links.map((link, nth) => linkRow(port, link, machines, links.length > 1, nth)));
  const id = one.id === one.name.toLowerCase() ? '' : `<p class="aside">${escapeHtml(knownWords([one.id, one.about], ', '))}</p>\n`;
  const { attribute, content } = parts.fold(`${id}${switchPanel(one)}<div class="scroll"><table>
<tr><th>Port</th><th>Machine</th><th>Model</th><th>Serial number</th><th>NIC</th><th>NIC address</th><th>Speed</th><th>VLAN</th></tr>
${rows.join('')}</table></div>
`);
  return `<details class="switch" id="switch-${at}"${attribute}${isOpen ? ' open' : ''}>
<summary>${escapeHtml(one.name)} <span class="aside">${escapeHtml(switchWords(one))}</span></summary>
<div class="part">${content}</div></details>
`;
}

function switchWords({ ports, machines }: WiredSwitch): string {
  const links = ports.flatMap((port) => port.links);
  const speeds = [...Map.groupBy(links, ({ speedMbps }) => speedMbps)]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([speed, all], at) => (at === 0 ? speedWords(speed) : `${all.length} at ${speedWords(speed)}`));
  const shared = ports.filter((port) => port.links.length > 1).length;
  const words = [`${counted(machines, 'machine')} on ${counted(ports.length, 'port')}`, speeds.join(', ')];
  return [...words, ...(shared === 0 ? [] : [`${counted(shared, 'port')} with several machines`])].join(' · ');
}

function linkRow(port: string, link: PortLink, machines: ReadonlyMap<string, ReportMachine>, isShared: boolean, at: number): string {
  const machine = machines.get(link.machine);
  const shared = isShared ? ' <span class="severity warning">shared</span>' : '';
  return `<tr><td class="code">${at === 0 ? escapeHtml(port) : ''}${shared}</td><td class="code">${machineLink(link.machine)}</td>${cell(machine?.model)}${cell(machine?.serial, 'code')}${cell(link.nic)}${cell(link.mac, 'code')}${cell(link.speedMbps === undefined ? undefined : speedWords(link.speedMbps), 'number')}${cell(link.vlan, 'number')}</tr>\n`;
}

function exceptions({ switches, onOneSwitch, silent, unplugged }: Wiring, machines: ReadonlyMap<string, ReportMachine>): string {
  if (switches.length === 0) return '';
  const named = (macs: readonly string[]): string =>
    macs
      .slice(0, MOST_NAMED)
      .map(
        (mac) =>
          `<span class="code">${machineLink(mac)}</span>${machines.get(mac)?.serial === undefined ? '' : ` ${escapeHtml(machines.get(mac)?.serial ?? '')}`}`,
      )
      .join(', ') + (macs.length > MOST_NAMED ? ` and ${macs.length - MOST_NAMED} more` : '');
  const lines = [
    ['on one switch only, where most are on two', onOneSwitch],
    ['with a link, but no switch that says who it is', silent],
    ['without any link', unplugged],
  ] as const;
  return lines
    .filter(([, macs]) => macs.length > 0)
    .map(([words, macs]) => `<p><strong>${counted(macs.length, 'machine')} ${words}:</strong> ${named(macs)}</p>\n`)
    .join('');
}
