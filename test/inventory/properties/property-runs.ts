const SEED = 20_261_121;
const HANG_GUARD_MS = 30_000;

/**
 * How often a property is tried: as often as it asks, or `RECON_PROPERTY_RUNS` times as often. The seed is fixed, so that a failure can be had
 * again; with more runs than usual the later ones are new. The time limit only stops what would never end.
 */
export function propertyRuns(usual: number): {
  seed: number;
  numRuns: number;
  interruptAfterTimeLimit: number;
  markInterruptAsFailure: true;
} {
  const factor = Number(process.env['RECON_PROPERTY_RUNS'] ?? 1);
  if (!Number.isFinite(factor) || factor <= 0) throw new TypeError('RECON_PROPERTY_RUNS is a factor above zero, for example 20');
  return {
    seed: SEED,
    numRuns: Math.ceil(usual * factor),
    interruptAfterTimeLimit: HANG_GUARD_MS * Math.max(1, factor),
    markInterruptAsFailure: true,
  };
}
