import type { MatrixDisk } from './disks/matrix-disks.ts';
import { describeWrites, type WrittenDisk } from './findings/written-disks.ts';
import type { GuardResult } from './mutants/boot-phases.ts';

/** What came of a disk in each boot, by the name of the boot. */
export type BootTraces = Readonly<Record<string, readonly (WrittenDisk & { counters: { reads: number } })[]>>;

/** A line for each disk: what lies on it, its bus, and for each boot how often it was read, or what was written. Pure. */
export function resultTable(boots: BootTraces): string[] {
  const names = Object.keys(boots);
  const disks = new Map<string, MatrixDisk>(Object.values(boots).flatMap((traces) => traces.map(({ disk }) => [disk.id, disk])));
  const rows = [...disks.values()].map((disk) => [
    disk.content,
    disk.bus,
    ...names.map((name) => cell(boots[name]?.find((trace) => trace.disk.id === disk.id))),
  ]);
  const all = [['disk', 'bus', ...names], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function cell(trace: BootTraces[string][number] | undefined): string {
  if (trace === undefined) return 'not attached';
  return describeWrites(trace) === undefined ? `untouched, ${trace.counters.reads} reads` : `WRITTEN, ${trace.counters.writes} writes`;
}

/** A line for each guard: whether it was seen to be away, or for a counter-test, whether the guards hold. Pure. */
export function guardTable(results: readonly Pick<GuardResult, 'name' | 'guard' | 'alone' | 'findings' | 'missing'>[]): string[] {
  return results.map(({ name, guard, alone, findings, missing }) => {
    const verdict = missing.length === 0 ? (guard === undefined ? 'holds' : `caught, ${findings.length} findings`) : 'NOT AS IT SHOULD BE';
    const what = guard === undefined ? `with its guards: ${name}` : `without ${guard}: ${name}`;
    return `${what}: ${verdict}${alone === undefined ? '' : ` (away in both: ${alone})`}`;
  });
}
