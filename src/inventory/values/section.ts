import type { Capture, CapturedCommand } from '../../domain/capture.ts';

/** A section of the record before its duration is known; the union of domain/node-record.ts. */
export type SectionResult<T> = { status: 'ok'; data: T } | { status: 'absent'; reason?: string } | { status: 'failed'; reason: string };

export const ok = <T>(data: T): SectionResult<T> => ({ status: 'ok', data });

/**
 * Why a section has no data, from how its commands ended: a tool or a device that is not there is `absent`, everything
 * else is `failed`.
 */
export function noData(capture: Capture, ids: readonly string[]): Exclude<SectionResult<never>, { status: 'ok' }> {
  const commands = ids.map((id) => capture.index.commands.find((command) => command.id === id)).filter((command) => command !== undefined);
  const failed = commands.find((command) => command.status === 'failed' || command.status === 'timeout');
  if (failed !== undefined) return { status: 'failed', reason: `${failed.id}: ${commandFailure(capture, failed) ?? failed.status}` };
  const finished = commands.find((command) => command.status === 'ok');
  if (finished !== undefined) return { status: 'failed', reason: `${finished.id} ended well, but its output says nothing of this` };
  const first = commands[0];
  return {
    status: 'absent',
    reason: first === undefined ? `${ids.join(', ')} did not run` : `${first.id}: ${commandFailure(capture, first)}`,
  };
}

/** Why a command is not ok, in words, with the last line that it said; undefined for one that is. */
export function commandFailure(capture: Capture, command: CapturedCommand): string | undefined {
  if (command.status === 'ok') return undefined;
  if (command.reason !== undefined) return command.reason;
  if (command.status === 'absent') return 'not installed';
  if (command.status === 'timeout') return `no end after ${Math.round(command.durationMs / 1000)} s`;
  const said = new TextDecoder().decode(capture.errorOutput(command.id)).trim().split('\n').at(-1)?.slice(0, 300) ?? '';
  const how = command.signal === undefined ? `exit code ${command.exitCode ?? 'unknown'}` : `ended by ${command.signal}`;
  return said === '' ? how : `${how}: ${said}`;
}
