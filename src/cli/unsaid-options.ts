import type { Command } from 'commander';

/** The options of a call, those that nobody typed taken from a file of settings with the same names. */
export function withUnsaidOptions<T extends object>(command: Pick<Command, 'opts' | 'getOptionValueSource'>, settings: Partial<T>): T {
  const unsaid = Object.entries(settings).filter(([name]) => command.getOptionValueSource(name) !== 'cli');
  return { ...command.opts<T>(), ...Object.fromEntries(unsaid) };
}
