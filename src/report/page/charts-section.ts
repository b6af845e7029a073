import { driveSize } from '../../domain/values/drive-size.ts';
import { binarySize } from '../../domain/values/shown-size.ts';
import type { MachineGroup } from '../fleet/equal-machines.ts';
import type { ReportMachine } from '../fleet/report-machine.ts';
import { type Bar, barChart } from './bar-chart.ts';
import { firmwareSpread } from './firmware-spread.ts';

const GIB = 1024 ** 3;
const MOST_BARS = 10;

/** What is seen faster than read: how models, memory, disks and firmware are spread. */
export function chartsSection(machines: readonly ReportMachine[], groups: readonly MachineGroup[]): string {
  if (machines.length < 2) return '';
  return `<h2 id="charts">At a glance</h2>
<div class="charts">
${barChart(
  'Machines by model',
  topped(groups.map(({ model, macs }) => ({ label: model, count: macs.length }))),
)}${barChart('Machines by memory', memoryBars(machines))}${barChart('Disks by kind and size', diskBars(machines))}${barChart(
  'Machines by processors',
  topped(frequent(machines.flatMap(({ setup }) => setup.CPU ?? []))),
)}${barChart('Machines by year of the BIOS', yearBars(machines))}${barChart('Machines by GPUs', gpuBars(machines))}</div>
${firmwareSpread(machines)}`;
}

function memoryBars(machines: readonly ReportMachine[]): Bar[] {
  const sizes = machines.flatMap(
    // what Linux can use is never a round number
    ({ memoryInstalledBytes, memoryTotalBytes = 0 }) => memoryInstalledBytes ?? Math.ceil(memoryTotalBytes / GIB) * GIB,
  );
  const known = sizes.filter((bytes) => bytes > 0);
  return bySize(
    known.map((bytes) => [bytes, binarySize(bytes) ?? ''] as const),
    'other sizes',
  );
}

function diskBars(machines: readonly ReportMachine[]): Bar[] {
  const disks = machines.flatMap(({ disks }) => disks ?? []);
  const named = disks.map(({ kind, sizeBytes }) => [sizeBytes ?? 0, `${kind} ${driveSize(sizeBytes) ?? 'of unknown size'}`] as const);
  return bySize(named, 'other disks');
}

function yearBars(machines: readonly ReportMachine[]): Bar[] {
  const years = frequent(machines.flatMap(({ firmwareDate }) => firmwareDate?.slice(0, 4) ?? []));
  return years.sort((a, b) => (a.label < b.label ? -1 : 1));
}

function gpuBars(machines: readonly ReportMachine[]): Bar[] {
  const counts = machines.map(({ gpuCount }) => gpuCount);
  if (counts.every((count) => count === 0)) return [];
  return bySize(
    counts.map((count) => [count, count === 0 ? 'none' : String(count)] as const),
    'others',
  );
}

/** The most frequent sizes, the smallest first. */
function bySize(named: readonly (readonly [number, string])[], others: string): Bar[] {
  const sizes = [...Map.groupBy(named, ([, label]) => label)].map(([label, all]) => ({ label, count: all.length, size: all[0]?.[0] ?? 0 }));
  const frequent = sizes.toSorted((a, b) => b.count - a.count);
  const [kept, rest] = [frequent.slice(0, MOST_BARS), frequent.slice(MOST_BARS)];
  const bars: Bar[] = kept.sort((a, b) => a.size - b.size).map(({ label, count }) => ({ label, count }));
  return rest.length === 0 ? bars : [...bars, { label: others, count: sum(rest) }];
}

function frequent(labels: readonly string[]): Bar[] {
  return [...Map.groupBy(labels, (label) => label)]
    .map(([label, all]) => ({ label, count: all.length }))
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
}

function topped(bars: readonly Bar[]): Bar[] {
  if (bars.length <= MOST_BARS) return [...bars];
  const rest = bars.slice(MOST_BARS - 1);
  return [...bars.slice(0, MOST_BARS - 1), { label: `${rest.length} others`, count: sum(rest) }];
}

function sum(bars: readonly { count: number }[]): number {
  return bars.reduce((total, { count }) => total + count, 0);
}
