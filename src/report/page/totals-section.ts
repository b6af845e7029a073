import { DRIVE_KINDS } from '../../domain/drives/drive-kind.ts';
import { bytesOf } from '../../domain/drives/machine-drives.ts';
import { countFindings, type Finding } from '../../domain/record/finding.ts';
import { counted } from '../../domain/values/counted.ts';
import { binarySize, decimalSize } from '../../domain/values/shown-size.ts';
import type { ReportMachine } from '../fleet/report-machine.ts';
import { escapeHtml } from '../html-text.ts';
import { findingWords } from './findings-section.ts';

export interface Totals {
  machines: readonly ReportMachine[];
  models: number;
  /** machines that asked and did not arrive */
  lost: number;
  findings: readonly Finding[];
}

/** The first thing that is read: how much there is. */
export function totalsSection({ machines, models, lost, findings }: Totals): string {
  const sum = (pick: (machine: ReportMachine) => number | undefined): number =>
    machines.reduce((total, one) => total + (pick(one) ?? 0), 0);
  const gpus = sum(({ gpuCount }) => gpuCount);
  const tiles = [
    ['Machines', grouped(machines.length), counted(models, 'model')],
    ['CPU cores', grouped(sum(({ cpuCores }) => cpuCores)), `${grouped(sum(({ cpuSockets }) => cpuSockets))} processors`],
    [
      'Memory',
      binarySize(sum((one) => one.memoryInstalledBytes ?? one.memoryTotalBytes)) ?? '',
      `${grouped(sum(({ dimmCount }) => dimmCount))} modules`,
    ],
    ['Storage', decimalSize(sum(({ disks }) => bytesOf(disks ?? []))) ?? '', storageWords(machines)],
    ...(gpus === 0 ? [] : [['GPUs', grouped(gpus), `in ${machines.filter(({ gpuCount }) => gpuCount > 0).length} machines`]]),
    ['Age of BIOS', ...ages(machines)],
    ['Findings', findings.length === 0 ? 'none' : grouped(findings.length), findingWords(countFindings(findings))],
    ['Did not arrive', grouped(lost), lost === 0 ? 'every machine that asked' : 'asked, and gave no record'],
  ];
  return `<dl class="totals">
${tiles.map(([name = '', value = '', about = '']) => `<div><dt>${name}</dt><dd>${escapeHtml(value)}</dd><dd class="aside">${escapeHtml(about)}</dd></div>\n`).join('')}</dl>
`;
}

function storageWords(machines: readonly ReportMachine[]): string {
  const disks = machines.flatMap((machine) => machine.disks ?? []);
  const kinds = DRIVE_KINDS.flatMap((kind) => {
    const of = disks.filter((disk) => disk.kind === kind);
    return of.length === 0 ? [] : [`${grouped(of.length)} ${kind}: ${decimalSize(bytesOf(of))}`];
  });
  return [kinds.join(', ') || 'no drives', ...volumeWords(machines)].join('; ');
}

/** Volumes are made of drives: they are said beside them, and where they are all that is known of a machine. */
function volumeWords(machines: readonly ReportMachine[]): string[] {
  const all = machines.flatMap(({ volumes }) => volumes ?? []);
  const alone = all.filter(({ isAllThereIs }) => isAllThereIs).length;
  const words = `${grouped(all.reduce((sum, { count }) => sum + count, 0))} volumes of ${decimalSize(all.reduce((sum, { bytes }) => sum + bytes, 0))}, not added`;
  return all.length === 0 ? [] : [alone === 0 ? words : `${words} (of ${counted(alone, 'machine')} nobody shows the drives)`];
}

/** Oldest and newest BIOS: the middle one counts. */
function ages(machines: readonly ReportMachine[]): [string, string] {
  const dates = machines.flatMap(({ firmwareDate }) => firmwareDate ?? []).sort();
  const [first, middle, last] = [dates[0], dates[Math.floor((dates.length - 1) / 2)], dates.at(-1)];
  if (first === undefined || middle === undefined || last === undefined) return ['unknown', 'no machine says a date'];
  return [middle.slice(0, 7), first === last ? 'all the same' : `median; ${first.slice(0, 7)} to ${last.slice(0, 7)}`];
}

/** `12345` as `12 345`; the spaces do not break. */
function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, '\u202f');
}
