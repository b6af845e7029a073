import { escapeHtml } from '../html-text.ts';

export interface Bar {
  label: string;
  count: number;
}

const WIDTH = 480;
const LABEL_WIDTH = 216;
const ROW_HEIGHT = 24;
const LABEL_CHARACTERS = 26;

/** Bars that lie, with their numbers at the end, as inline SVG; empty when there is nothing to compare. */
export function barChart(title: string, bars: readonly Bar[]): string {
  if (bars.length === 0) return '';
  const most = Math.max(...bars.map(({ count }) => count));
  const digits = String(most).length;
  const span = WIDTH - LABEL_WIDTH - 12 - digits * 9;
  const height = bars.length * ROW_HEIGHT;
  const spoken = bars.map(({ label, count }) => `${label}: ${count}`).join('; ');
  return `<figure class="chart"><figcaption>${escapeHtml(title)}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(`${title}. ${spoken}`)}">
${bars.map((bar, at) => row(bar, at * ROW_HEIGHT, Math.max(2, Math.round((bar.count / most) * span)))).join('')}</svg></figure>
`;
}

function row({ label, count }: Bar, y: number, length: number): string {
  const full = `<title>${escapeHtml(`${label}: ${count}`)}</title>`;
  return `<g>${full}<text x="${LABEL_WIDTH - 8}" y="${y + 16}" text-anchor="end">${escapeHtml(shortened(label))}</text><rect class="bar" x="${LABEL_WIDTH}" y="${y + 4}" width="${length}" height="${ROW_HEIGHT - 8}"/><text x="${LABEL_WIDTH + length + 6}" y="${y + 16}">${count}</text></g>\n`;
}

/** The ends of long names tell more than their middle. */
export function shortened(label: string, characters = LABEL_CHARACTERS): string {
  const letters = [...label];
  if (letters.length <= characters) return label;
  const tail = Math.floor(characters * 0.55);
  return `${letters
    .slice(0, characters - tail - 1)
    .join('')
    .trimEnd()}…${letters.slice(-tail).join('').trimStart()}`;
}
