import { isCapturePath } from '../../domain/capture.ts';
import { ReconError } from '../../domain/errors.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { exists } from '../../platform/files/files.ts';
import { rootedFiles } from '../../platform/files/rooted-files.ts';
import { CAPTURE_COMMANDS } from './commands/commands.ts';
import type { PlannedCommand } from './commands/plan.ts';
import type { RunCommand } from './runner.ts';

export interface RecordedCommands {
  run: RunCommand;
  /** adds the recordings that the plan does not have: of devices that no /sys shows */
  extend(planned: readonly PlannedCommand[]): PlannedCommand[];
}

const RECORDING_CAP_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 60_000;

/**
 * Answers commands from recordings: `<id>.out` in a directory is what the command of that id printed, `<id>.err` what it said beside. A command
 * without a recording is absent; nothing is ever run on this machine.
 * @throws ReconError `not-found` when there is no such directory
 */
export async function recordedCommands(directory: string): Promise<RecordedCommands> {
  if (!(await exists(directory))) throw new ReconError('not-found', `no directory ${directory} with recordings`);
  const files = rootedFiles(directory);
  const names = await files.list('');
  const ids = names.filter((name) => name.endsWith('.out') && isCapturePath(`raw/${name}`)).map((name) => name.slice(0, -'.out'.length));
  const known = new Set(ids);
  return {
    run: async (argv, _options, id = '') => {
      const stdout = known.has(id) ? await files.read(`${id}.out`, RECORDING_CAP_BYTES) : undefined;
      const stderr = known.has(id) ? await files.read(`${id}.err`, RECORDING_CAP_BYTES) : undefined;
      const nothing = Buffer.alloc(0);
      const isThere = stdout !== undefined;
      return {
        argv,
        status: isThere ? 'ok' : 'absent',
        exitCode: isThere ? 0 : undefined,
        signal: undefined,
        stdout: stdout ?? nothing,
        stderr: stderr ?? nothing,
        durationMs: 0,
      };
    },
    extend: (planned) => {
      // a recording shows that the device was there
      const asked = planned.map(({ absentReason, ...command }) =>
        absentReason === undefined || known.has(command.id) ? command : { ...command, absentReason },
      );
      const missing = ids.filter((id) => !planned.some((command) => command.id === id));
      return [...asked, ...missing.map(plannedFromId)];
    },
  };
}

/** The rule that the id belongs to still decides what of the output is kept. */
function plannedFromId(id: string): PlannedCommand {
  const rules = CAPTURE_COMMANDS.filter((rule) => id === rule.id || id.startsWith(`${rule.id}-`));
  const rule = rules.toSorted((a, b) => b.id.length - a.id.length)[0];
  return { id, argv: ['recording', id], timeoutMs: TIMEOUT_MS, ...definedOnly({ keep: rule?.keep }) };
}
