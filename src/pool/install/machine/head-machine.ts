import { dirname } from 'node:path';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { makeDirectory, removePath } from '../../../platform/files/directories.ts';
import { exists, readOrUndefined, writeAtomic } from '../../../platform/files/files.ts';
import { type Argv, runOk } from '../../../platform/process/command.ts';
import { type AskedMachine, thisMachine } from './asked-machine.ts';

/** The server, as far as an install changes it. */
export interface HeadMachine extends AskedMachine {
  /** systemd is running; in a tree that nobody has booted units are written and enabled only */
  isBooted: boolean;
  exists(path: string): Promise<boolean>;
  /** runs a program that must succeed. @throws ReconError `command-failed` */
  run(argv: Argv, options?: { onLine?: (line: string) => void; environment?: Record<string, string> }): Promise<void>;
  /** brings a file to this text, in one step; false when it had it */
  write(path: string, text: string, mode?: number): Promise<boolean>;
  /** false when it was not there */
  remove(path: string): Promise<boolean>;
}

/** An hour: packages over a slow line. */
const LONGEST_MS = 3_600_000;

/** This server, to be changed. `searchPath`: of whoever called; of a shell without `sbin` in its path the programs of administrators are found too. */
export async function changedMachine(searchPath = ''): Promise<HeadMachine> {
  const path = `${searchPath}:/usr/sbin:/sbin:/usr/bin:/bin`;
  return {
    ...thisMachine(path),
    isBooted: await exists('/run/systemd/system'),
    exists,
    run: async (argv, { onLine, environment } = {}) =>
      void (await runOk(argv, {
        timeoutMs: LONGEST_MS,
        environment: { ...environment, PATH: path },
        ...definedOnly({ onLine }),
      })),
    write: async (file, text, mode = 0o644) => {
      if ((await readOrUndefined(file))?.toString('utf8') === text) return false;
      await makeDirectory(dirname(file));
      await writeAtomic(file, text, mode);
      return true;
    },
    remove: async (file) => {
      if (!(await exists(file))) return false;
      await removePath(file);
      return true;
    },
  };
}
