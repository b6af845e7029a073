import { aborted } from '../domain/values/aborted.ts';
import type { ConsoleCommands } from './console-commands.ts';

interface AcceptSettingsInput {
  /** of the files on the stick */
  mistakes: readonly string[];
  commands: Pick<ConsoleCommands, 'usual'>;
  say: (...lines: string[]) => void;
  signal: AbortSignal;
}

/**
 * With mistakes in its settings a master serves nothing until a person says to go on without them, because what they wrote meant
 * something. False: the machine goes down before anybody did.
 */
export async function acceptSettings({ mistakes, commands, say, signal }: AcceptSettingsInput): Promise<boolean> {
  if (mistakes.length === 0) return true;
  const usual = Promise.withResolvers<void>();
  commands.usual = usual.resolve;
  say('NOTHING IS SERVED, because the stick has mistakes:', ...mistakes);
  say('Mend them on a laptop and start again; or type  usual  and press Enter to go on without them.');
  await Promise.race([usual.promise, aborted(signal)]);
  commands.usual = undefined;
  return !signal.aborted;
}
