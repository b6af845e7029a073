/** The commands of the master's console: words that somebody types. */
export interface ConsoleCommands {
  done(): Promise<void>;
  seal(): Promise<void>;
  /** seals without raw captures */
  lean(): Promise<void>;
  off(): Promise<void>;
  /** shows the stick that records in RAM would go to, in lines */
  take(): Promise<string[]>;
  /** writes them onto the stick that was shown, and tells what is there */
  write(): Promise<string[]>;
  /** looks again at the networks that are not served, and gives their interfaces */
  look(): string[];
  /** goes on without the files of the stick that have mistakes; undefined when nothing waits for that */
  usual: (() => void) | undefined;
}

const HELP =
  'words: done (answer no new machine), seal (make the tarball now), lean (make it without raw captures, when the stick has no room for more), take (records that are in RAM: onto a stick that was plugged in; it is shown first), look (listen again to networks that are not served), off (make the tarball and switch this machine off)';

/**
 * Acts on one typed line, and gives what to say. Only whole words count: a serial line without anything at its other end may send noise.
 */
export async function runConsoleCommand(line: string, words: ConsoleCommands): Promise<string | undefined> {
  switch (line.toLowerCase()) {
    case 'done':
      await words.done();
      return undefined;
    case 'seal':
      await words.seal();
      return undefined;
    case 'lean':
      await words.lean();
      return undefined;
    case 'off':
      await words.off();
      return 'sealing and switching off ...';
    case 'take':
      return (await words.take()).join('\n');
    case 'write':
      return (await words.write()).join('\n');
    case 'look': {
      const names = words.look();
      return names.length === 0 ? 'no network is silent: nothing to look at again' : `looking again at ${names.join(', ')} ...`;
    }
    case 'usual':
      if (words.usual === undefined) return 'the settings are in use already';
      words.usual();
      return 'going on without what has mistakes';
    case 'help':
    case '?':
      return HELP;
    default:
      return /^[a-z]{2,12}$/i.test(line) ? `"${line}" is not known here; ${HELP}` : undefined;
  }
}
