import { execa } from 'execa';
import { ReconError } from '../../domain/errors.ts';
import { terminalText } from '../../domain/values/terminal-text.ts';
import { noteRunningChild } from './running-children.ts';

interface PagerOptions {
  environment: Readonly<Record<string, string | undefined>>;
  /** lines of the terminal; undefined where no terminal shows the text */
  rows: number | undefined;
}

/**
 * Shows a text that is longer than the terminal in the program that PAGER names, or in less, and waits until it was read. False: it fits, no terminal is there,
 * PAGER is empty, or there is no such program; then it is to be printed. Where LESS is not set, less cuts nothing and leaves the text on the screen.
 * @throws ReconError `command-failed` when it was ended by a signal, as by Ctrl-C
 */
export async function showInPager(text: string, { environment, rows }: PagerOptions): Promise<boolean> {
  const [file, ...args] = (environment['PAGER'] ?? 'less').split(/\s+/).filter((word) => word !== '');
  if (rows === undefined || file === undefined || text.split('\n').length <= rows) return false;
  const child = execa(file, args, {
    reject: false,
    buffer: false,
    input: terminalText(text),
    stdout: 'inherit',
    stderr: 'inherit',
    env: { LESS: environment['LESS'] ?? 'FRX' },
  });
  // Ctrl-C is for who started it, too: it is ended, and puts the terminal back in order
  noteRunningChild(child.nodeChildProcess);
  const result = await child;
  if ('code' in result && (result.code === 'ENOENT' || result.code === 'EACCES')) return false;
  if (result.signal === undefined) return true;
  throw new ReconError('command-failed', `${file} was ended by ${result.signal}`, { hint: 'PAGER= recon … prints without it' });
}
