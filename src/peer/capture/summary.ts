import type { CaptureIndex } from '../../domain/capture.ts';

/** A capture in a line: how many commands, and the names of those that failed. A tool that is not installed is no failure. */
export function captureSummary({ commands }: Pick<CaptureIndex, 'commands'>): string {
  const failed = commands.filter(({ status }) => status === 'failed' || status === 'timeout').map(({ id }) => id);
  return `${commands.length} commands, ${failed.length} failed${failed.length === 0 ? '' : ` (${failed.join(', ')})`}`;
}
