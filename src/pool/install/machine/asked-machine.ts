import { readdir } from 'node:fs/promises';
import { readOrUndefined } from '../../../platform/files/files.ts';
import { type Argv, run } from '../../../platform/process/command.ts';

/** What a program answered. */
export interface Answer {
  isOk: boolean;
  /** its standard output, nothing when there is no such program */
  text: string;
}

/** The server, as far as it is asked and not changed. */
export interface AskedMachine {
  /** runs a program that changes nothing; one that is missing or fails is an answer */
  ask(argv: Argv): Promise<Answer>;
  /** a text file, undefined when there is none */
  read(path: string): Promise<string | undefined>;
  /** names in a directory, sorted; none when it is not there */
  names(path: string): Promise<string[]>;
}

/** This server. `path`: where programs are looked for. */
export function thisMachine(path: string): AskedMachine {
  return {
    ask: async (argv) => {
      const { status, stdout } = await run(argv, { timeoutMs: 60_000, environment: { PATH: path } });
      return { isOk: status === 'ok', text: stdout.toString('utf8') };
    },
    read: async (path) => (await readOrUndefined(path))?.toString('utf8'),
    names: async (path) => (await readdir(path).catch((): string[] => [])).sort(),
  };
}
