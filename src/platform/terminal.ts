import { terminalText } from '../domain/values/terminal-text.ts';

/** Where a command's words go. What machines and tarballs say of themselves never steers the terminal of who reads it. */
export interface Terminal {
  /** for people */
  print: (text: string) => void;
  /** for programs: as it is when a file or a program takes it, and like any other text when a terminal shows it */
  printData: (text: string) => void;
  /** what went wrong */
  printError: (text: string) => void;
  /** how wide the terminal is that shows what is printed; undefined where a file or a program takes it */
  widthColumns: number | undefined;
}

type Output = Pick<NodeJS.WriteStream, 'write'> & { isTTY?: boolean; columns?: number };

/** The way to standard output and standard error; beside it only a log writes there (log.ts). */
export function openTerminal({ stdout, stderr }: { stdout: Output; stderr: Output }): Terminal {
  return {
    print: (text) => void stdout.write(terminalText(text)),
    printData: (text) => void stdout.write(stdout.isTTY === true ? terminalText(text) : text),
    widthColumns: stdout.isTTY === true ? stdout.columns : undefined,
    printError: (text) => void stderr.write(terminalText(text)),
  };
}
