import { readOrUndefined, writeAtomic } from '../files/files.ts';

/**
 * Milliseconds of the kernel's monotonic clock: it goes on over a restart of a service and begins anew with the machine. Nobody can set it,
 * so whatever decides by time asks it (clock_gettime(2), CLOCK_MONOTONIC; performance.now() begins with the process).
 */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint() / 1000n) / 1000;
}

interface SteadyClockInput {
  /** in RAM: a restart of the service goes on with the same clock, another boot of the machine reads its clock anew */
  stateFile: string;
  wallMs?: () => number;
  nowMs?: () => number;
}

/**
 * A clock for what people read and what is compared with it: the machine's own is read once, and from then on it counts by itself. When
 * somebody sets the machine's clock in the middle of a visit, or its battery is empty, no machine becomes stuck and no order is lost.
 */
export async function steadyClock({ stateFile, wallMs = Date.now, nowMs = monotonicMs }: SteadyClockInput): Promise<() => Date> {
  const found = Number((await readOrUndefined(stateFile))?.toString('utf8') ?? Number.NaN);
  const startedMs = Number.isFinite(found) ? found : Math.round(wallMs() - nowMs());
  await writeAtomic(stateFile, `${startedMs}\n`);
  return () => new Date(startedMs + nowMs());
}
