import type { HeadMachine } from '../../../src/pool/install/machine/head-machine.ts';

export interface FakeMachine extends HeadMachine {
  files: Map<string, string>;
  /** of files that were written with one */
  modes: Map<string, number>;
  /** command lines that had to succeed, in order */
  ran: string[];
}

/** A server that is a map of files. `answers`: command line to output; what is not in it fails. `breaks`: command lines that fail when they have to succeed. */
export function fakeMachine({
  files = {},
  answers = {},
  breaks = [],
  isBooted = true,
}: {
  files?: Record<string, string>;
  answers?: Record<string, string>;
  breaks?: readonly RegExp[];
  isBooted?: boolean;
}): FakeMachine {
  const all = new Map(Object.entries(files));
  const ran: string[] = [];
  const modes = new Map<string, number>();
  const below = (path: string): string[] => [...all.keys()].filter((one) => one === path || one.startsWith(`${path}/`));
  return {
    ...{ files: all, modes, ran, isBooted },
    ask: async (argv) => {
      const text = answers[argv.join(' ')];
      return { isOk: text !== undefined, text: text ?? '' };
    },
    read: async (path) => all.get(path),
    names: async (path) => [...new Set(below(path).map((one) => one.slice(path.length + 1).split('/')[0] ?? ''))].sort(),
    exists: async (path) => below(path).length > 0,
    run: async (argv) => {
      const line = argv.join(' ');
      if (breaks.some((pattern) => pattern.test(line))) throw new Error(`${line} failed`);
      ran.push(line);
    },
    write: async (path, text, mode) => {
      if (all.get(path) === text) return false;
      if (mode !== undefined) modes.set(path, mode);
      all.set(path, text);
      return true;
    },
    remove: async (path) => {
      const found = below(path);
      for (const one of found) all.delete(one);
      return found.length > 0;
    },
  };
}
