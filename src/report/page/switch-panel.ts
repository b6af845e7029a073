import type { WiredSwitch } from '../fleet/wiring.ts';
import { escapeHtml, machineAnchor } from '../html-text.ts';
import { speedWords } from './speed-words.ts';

const BOX = 26;
const GAP = 4;
const [MINI_BOX, MINI_GAP] = [7, 1];
const MOST_IN_ROW = 32;
/** machines that a port's hint names */
const MOST_NAMED = 4;

/** The front of a switch as far as it is known: a box for each port with a machine, odd ports above even ones as on most switches. */
export function switchPanel(of: WiredSwitch): string {
  const { boxes, columns, rows } = placed(of);
  const drawn = boxes.map(({ port, number, links, column, row }) => {
    const [link] = links;
    if (link === undefined) return '';
    const named = links.slice(0, MOST_NAMED).map(({ machine, nic, speedMbps }) => `${machine} ${nic} ${speedWords(speedMbps)}`);
    const words = `${port}: ${named.join('; ')}${links.length > MOST_NAMED ? ` and ${links.length - MOST_NAMED} more` : ''}`;
    const [x, y] = [column * (BOX + GAP), row * (BOX + GAP)];
    return `<a href="#${escapeHtml(machineAnchor(link.machine))}"><rect class="port ${portClass(links)}" x="${x}" y="${y}" width="${BOX}" height="${BOX}" rx="3"><title>${escapeHtml(words)}</title></rect><text x="${x + BOX / 2}" y="${y + 17}" text-anchor="middle">${escapeHtml(number ?? '?')}</text></a>`;
  });
  const [width, height] = [columns * (BOX + GAP), rows * (BOX + GAP)];
  return `<svg class="panel" viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="${escapeHtml(`Ports of ${of.name} with a machine`)}">${drawn.join('')}</svg>\n`;
}

/** The same as a thumbnail, where only colours can be told: one path for each of them. */
export function switchThumbnail(of: WiredSwitch): string {
  const { boxes, columns, rows } = placed(of);
  const [width, height] = [columns * (MINI_BOX + MINI_GAP), rows * (MINI_BOX + MINI_GAP)];
  const paths = [...Map.groupBy(boxes, ({ links }) => portClass(links))].map(
    ([name, alike]) =>
      `<path class="${name}" d="${alike.map(({ column, row }) => `M${column * (MINI_BOX + MINI_GAP)} ${row * (MINI_BOX + MINI_GAP)}h${MINI_BOX}v${MINI_BOX}h-${MINI_BOX}z`).join('')}"/>`,
  );
  return `<svg class="panel mini" viewBox="0 0 ${width} ${height}" width="${width}" aria-hidden="true">${paths.join('')}</svg>`;
}

function placed({ ports }: WiredSwitch) {
  const numbers = ports.map(({ port }) => /(\d+)\D*$/.exec(port)?.[1]);
  const [columns, rows, place] = layout(numbers.map(Number), new Set(numbers).size === ports.length && !numbers.includes(undefined));
  const boxes = ports.map(({ port, links }, at) => ({ port, number: numbers[at], links, ...place(at) }));
  return { boxes, columns, rows };
}

type Place = (at: number) => { column: number; row: number };

/** With port numbers that make sense a box stands where its port is; otherwise one after the other. */
function layout(numbers: readonly number[], areUnique: boolean): [columns: number, rows: number, place: Place] {
  const highest = Math.max(...numbers);
  if (!areUnique || highest > 128) {
    const columns = Math.min(MOST_IN_ROW, numbers.length);
    return [columns, Math.ceil(numbers.length / columns), (at) => ({ column: at % columns, row: Math.floor(at / columns) })];
  }
  const first = numbers.includes(0) ? 0 : 1;
  const columns = Math.min(MOST_IN_ROW, Math.ceil((highest - first + 1) / 2));
  const bands = Math.ceil((highest - first + 1) / 2 / columns);
  return [
    columns,
    bands * 2,
    (at) => {
      const slot = (numbers[at] ?? first) - first;
      const pair = Math.floor(slot / 2);
      return { column: pair % columns, row: Math.floor(pair / columns) * 2 + (slot % 2) };
    },
  ];
}

function portClass([link, ...others]: WiredSwitch['ports'][number]['links']): string {
  if (others.length > 0) return 'shared';
  const speedMbps = link?.speedMbps;
  if (speedMbps === undefined) return 'speed-unknown';
  if (speedMbps < 1000) return 'speed-slow';
  if (speedMbps < 10_000) return 'speed-1g';
  if (speedMbps < 25_000) return 'speed-10g';
  return speedMbps < 100_000 ? 'speed-25g' : 'speed-100g';
}
