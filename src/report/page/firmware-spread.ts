import type { ReportMachine } from '../fleet/report-machine.ts';
import { escapeHtml } from '../html-text.ts';
import { shortened } from './bar-chart.ts';

const WIDTH = 960;
const LABEL_WIDTH = 240;
const ROW_HEIGHT = 44;
const MOST_MODELS = 15;
const MOST_VERSIONS = 6;

interface Spread {
  model: string;
  total: number;
  /** the newest first, where dates tell; the last may stand for several */
  versions: readonly { version: string; date: string; count: number }[];
}

/** For each model which BIOS versions it runs, as bars of parts, the newest version first; empty when no model has two. */
export function firmwareSpread(machines: readonly ReportMachine[]): string {
  const models = [...Map.groupBy(machines, ({ model }) => model)]
    .map(([model, members]) => spreadOf(model, members))
    .filter(({ versions }) => versions.length > 1)
    .sort((a, b) => b.total - a.total);
  if (models.length === 0) return '';
  const shown = models.slice(0, MOST_MODELS);
  const more = models.length === shown.length ? '' : `<p>${models.length - shown.length} more models run several versions.</p>\n`;
  return `<figure class="chart wide"><figcaption>BIOS versions of models that run several, the newest first</figcaption>
<svg viewBox="0 0 ${WIDTH} ${shown.length * ROW_HEIGHT}" role="img" aria-label="${escapeHtml(shown.map(spoken).join('. '))}">
${shown.map((spread, at) => row(spread, at * ROW_HEIGHT)).join('')}</svg>
${more}</figure>
`;
}

function spreadOf(model: string, members: readonly ReportMachine[]): Spread {
  const known = members.filter(({ firmwareVersion }) => firmwareVersion !== undefined);
  const versions = [...Map.groupBy(known, ({ firmwareVersion }) => firmwareVersion ?? '')]
    .map(([version, all]) => ({
      version,
      count: all.length,
      date:
        all
          .map(({ firmwareDate = '' }) => firmwareDate)
          .sort()
          .at(-1) ?? '',
    }))
    .sort((a, b) => (a.date === b.date ? b.count - a.count : a.date < b.date ? 1 : -1));
  const [kept, rest] = [versions.slice(0, MOST_VERSIONS), versions.slice(MOST_VERSIONS)];
  const others =
    rest.length === 0 ? [] : [{ version: `${rest.length} others`, date: '', count: rest.reduce((sum, { count }) => sum + count, 0) }];
  return { model, total: known.length, versions: [...kept, ...others] };
}

function row({ model, total, versions }: Spread, y: number): string {
  let x = LABEL_WIDTH;
  const parts = versions.map(({ version, date, count }, at) => {
    const width = (count / total) * (WIDTH - LABEL_WIDTH);
    const part = `<rect class="bar shade-${at}" x="${x.toFixed(1)}" y="${y + 4}" width="${Math.max(1, width - 1.5).toFixed(1)}" height="16"><title>${escapeHtml(`${version}${date === '' ? '' : ` of ${date}`}: ${count}`)}</title></rect>`;
    x += width;
    return part;
  });
  const words = versions.map(({ version, count }) => `${version} × ${count}`).join(' · ');
  return `<text x="${LABEL_WIDTH - 10}" y="${y + 17}" text-anchor="end">${escapeHtml(shortened(model, 28))}</text>${parts.join('')}<text class="small" x="${LABEL_WIDTH}" y="${y + 34}">${escapeHtml(shortened(words, 120))}</text>\n`;
}

function spoken({ model, versions }: Spread): string {
  return `${model}: ${versions.map(({ version, count }) => `${version} on ${count}`).join(', ')}`;
}
