/** By how much values that were taken every so many hours grow in an hour: the median of the slopes between all pairs (Theil and Sen), which one peak does not move. */
export function slopePerHour(values: readonly number[], stepHours: number): number {
  const slopes = values.flatMap((value, at) => values.slice(at + 1).map((later, after) => (later - value) / ((after + 1) * stepHours)));
  const sorted = slopes.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
