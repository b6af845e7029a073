import { type StageTimes, TIMED_STAGES, type TimedStage } from './stage-times.ts';

/** A line for each stage: seconds and share of each peer, and the median of the shares; then the sums. */
export function timesTable(peers: readonly StageTimes[]): string[] {
  const stages = TIMED_STAGES.filter((stage) => peers.some(({ seconds }) => seconds[stage] !== undefined));
  const rows = stages.map((stage) => [
    stage,
    ...peers.flatMap((peer) => [rounded(peer.seconds[stage]), percent(shareOf(peer, stage))]),
    percent(medianShare(peers, stage)),
  ]);
  const sums = ['DISCOVER to receipt', ...peers.flatMap(({ totalSeconds }) => [rounded(totalSeconds), percent(1)]), ''];
  const all = [['stage, by what ends it', ...peers.flatMap(({ name }) => [`${name} s`, '%']), 'median %'], ...rows, sums];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

/** The same for programs. */
export function timesJson(peers: readonly StageTimes[]): string {
  const stages = TIMED_STAGES.map((stage) => ({ stage, medianShare: medianShare(peers, stage) }));
  return `${JSON.stringify({ peers, stages }, undefined, 2)}\n`;
}

function shareOf({ seconds, totalSeconds }: StageTimes, stage: TimedStage): number | undefined {
  const taken = seconds[stage];
  return taken === undefined || totalSeconds === 0 ? undefined : taken / totalSeconds;
}

function medianShare(peers: readonly StageTimes[], stage: TimedStage): number | undefined {
  const shares = peers
    .map((peer) => shareOf(peer, stage))
    .filter((share) => share !== undefined)
    .sort((a, b) => a - b);
  const [low, high] = [shares[Math.floor((shares.length - 1) / 2)], shares[Math.ceil((shares.length - 1) / 2)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

function rounded(seconds: number | undefined): string {
  return seconds === undefined ? '' : seconds.toFixed(1);
}

function percent(share: number | undefined): string {
  return share === undefined ? '' : String(Math.round(share * 100));
}
