import type { Capture, CapturedCommand } from '../../domain/capture.ts';

/** How the commands of a capture ended, and what they said to stderr. */
export type CommandLog = Pick<Capture, 'index' | 'errorOutput'>;

/**
 * A section of the record before its duration is known: what was found, that the machine has none of it, or why it could not be read. The
 * same union as `section` of domain/record/section.ts.
 */
export type SectionResult<T> = { status: 'ok'; data: T } | { status: 'absent'; reason?: string } | { status: 'failed'; reason: string };

/** What was found; a list of nothing says that somebody looked. */
export const ok = <T>(data: T): SectionResult<T> => ({ status: 'ok', data });

/**
 * Why a section has no data, from how the commands with these ids ended: a tool or a device that is not there is `absent`, everything else is
 * `failed`. A command that failed speaks before one that ended well, and that before one that is not there.
 */
export function noData(log: CommandLog, ids: readonly string[]): Exclude<SectionResult<never>, { status: 'ok' }> {
  const commands = ids.map((id) => log.index.commands.find((command) => command.id === id)).filter((command) => command !== undefined);
  const failed = commands.find((command) => command.status === 'failed' || command.status === 'timeout');
  if (failed !== undefined) return { status: 'failed', reason: `${failed.id}: ${commandFailure(log, failed) ?? failed.status}` };
  const finished = commands.find((command) => command.status === 'ok');
  if (finished !== undefined) return { status: 'failed', reason: `${finished.id} ended well, but its output says nothing of this` };
  const first = commands[0];
  return {
    status: 'absent',
    reason: first === undefined ? `${ids.join(', ')} did not run` : `${first.id}: ${commandFailure(log, first)}`,
  };
}

/** Why a command is not ok, in words, with the last line that it said; undefined for one that is. */
export function commandFailure(log: Pick<CommandLog, 'errorOutput'>, command: CapturedCommand): string | undefined {
  if (command.status === 'ok') return undefined;
  if (command.reason !== undefined) return command.reason;
  if (command.status === 'absent') return 'not installed';
  if (command.status === 'timeout') return `no end after ${Math.round(command.durationMs / 1000)} s`;
  const said = new TextDecoder().decode(log.errorOutput(command.id)).trim().split('\n').at(-1)?.slice(0, 300) ?? '';
  const how = command.signal === undefined ? `exit code ${command.exitCode ?? 'unknown'}` : `ended by ${command.signal}`;
  return said === '' ? how : `${how}: ${said}`;
}
