import type { VisitTimes } from '../fleet/visit-times.ts';
import { cell, escapeHtml } from '../html-text.ts';

const [WIDTH, HEIGHT] = [960, 180];
const [LEFT, BOTTOM, TOP] = [48, 24, 8];
const STEPS = 200;

/** When the visit was, how long machines took, and how they came in. */
export function timesSection(times: VisitTimes | undefined): string {
  if (times === undefined) return '';
  const { firstAt, lastAt, bootMedianSeconds, inventoryMedianSeconds } = times;
  const rows = [
    ['First sign of a machine', `${clock(firstAt)} UTC`],
    ['Last', `${clock(lastAt)} UTC, ${duration((Date.parse(lastAt) - Date.parse(firstAt)) / 1000)} later`],
    [
      'From the first question to the running system',
      bootMedianSeconds === undefined ? undefined : `${duration(bootMedianSeconds)} (median)`,
    ],
    ['From there to the receipt', inventoryMedianSeconds === undefined ? undefined : `${duration(inventoryMedianSeconds)} (median)`],
  ] as const;
  const known = rows.filter(([, value]) => value !== undefined);
  return `<h2 id="times">Times of the visit</h2>
<table class="facts">
${known.map(([name, value]) => `<tr><th>${name}</th>${cell(value)}</tr>\n`).join('')}</table>
<p class="aside">All by the clock of the master.</p>
${chart(times)}`;
}

function chart({ askedSeconds, doneSeconds }: VisitTimes): string {
  const lastSeconds = Math.max(askedSeconds.at(-1) ?? 0, doneSeconds.at(-1) ?? 0);
  const most = Math.max(askedSeconds.length, doneSeconds.length);
  if (lastSeconds < 60 || most < 2) return '';
  const x = (seconds: number): number => LEFT + (seconds / lastSeconds) * (WIDTH - LEFT - 8);
  const y = (count: number): number => HEIGHT - BOTTOM - (count / most) * (HEIGHT - BOTTOM - TOP);
  const ticks = tickSeconds(lastSeconds).map(
    (seconds) =>
      `<line class="grid" x1="${x(seconds).toFixed(1)}" x2="${x(seconds).toFixed(1)}" y1="${TOP}" y2="${HEIGHT - BOTTOM}"/><text x="${x(seconds).toFixed(1)}" y="${HEIGHT - 6}" text-anchor="middle">${duration(seconds)}</text>`,
  );
  const counts = [most, Math.round(most / 2)].map(
    (count) =>
      `<line class="grid" x1="${LEFT}" x2="${WIDTH - 8}" y1="${y(count).toFixed(1)}" y2="${y(count).toFixed(1)}"/><text x="${LEFT - 6}" y="${(y(count) + 5).toFixed(1)}" text-anchor="end">${count}</text>`,
  );
  const line = (name: string, seconds: readonly number[]): string =>
    `<polyline class="${name}" points="${curve(seconds, lastSeconds)
      .map(([at, count]) => `${x(at).toFixed(1)},${y(count).toFixed(1)}`)
      .join(' ')}"/>`;
  return `<figure class="chart wide"><figcaption>Machines that had asked (dashed) and machines with a receipt</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(`After ${duration(lastSeconds)} ${askedSeconds.length} machines had asked and ${doneSeconds.length} had their receipt`)}">
${ticks.join('')}${counts.join('')}${line('asked', askedSeconds)}${line('done', doneSeconds)}</svg></figure>
`;
}

/** So many points are enough for the width of the page, however many machines there are. */
function curve(seconds: readonly number[], lastSeconds: number): (readonly [number, number])[] {
  const points: (readonly [number, number])[] = [];
  let count = 0;
  for (let step = 0; step <= STEPS; step += 1) {
    const at = (lastSeconds * step) / STEPS;
    while (count < seconds.length && (seconds[count] ?? 0) <= at) count += 1;
    points.push([at, count]);
  }
  return points;
}

function tickSeconds(lastSeconds: number): number[] {
  const step = [60, 300, 600, 1800, 3600, 7200, 14_400, 43_200, 86_400].find((seconds) => lastSeconds / seconds <= 8) ?? 604_800;
  return Array.from({ length: Math.floor(lastSeconds / step) + 1 }, (_, at) => at * step);
}

function clock(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 120) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`;
}
