import { ReconError } from '../domain/errors.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { messageOf, stackOf } from '../domain/values/message-of.ts';
import { plainJson } from '../domain/values/plain-json.ts';
import { systemFailure } from '../platform/files/system-failure.ts';
import { stderrLog } from '../platform/log.ts';
import { onInterruption } from '../platform/process/interruption.ts';
import { type ProgressLine, progressOn } from '../platform/progress.ts';
import { askPerson } from '../platform/question.ts';
import type { Terminal } from '../platform/terminal.ts';
import { buildCli, usageExitCode } from './cli.ts';

interface ProgramDeps {
  version: string;
  terminal: Terminal;
  /** the checkout, or where an installed program lies */
  repository: string;
}

/** Runs the command that was typed, and sets the exit code. */
export async function runProgram({ version, terminal: plain, repository }: ProgramDeps): Promise<void> {
  const progress = progressOn(process.stderr);
  const terminal = withoutProgress(plain, progress);
  let hasData = false;
  const printData = (text: string): void => {
    hasData = true;
    terminal.printData(text);
  };
  const words = process.argv.slice(2);
  const isDebug = words.includes('--debug') || process.env['RECON_DEBUG'] === '1';
  const interruption = onInterruption();
  // `recon … | head` has read enough: that is the end, and no failure
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const own = {
    version,
    repository,
    log: stderrLog({ debug: isDebug, beforeLine: progress.clear }),
    progress,
    environment: process.env,
    ask: askPerson,
  };
  const showLong = async (text: string): Promise<void> => {
    progress.clear();
    const { showInPager } = await import('../platform/process/pager.ts');
    const rows = process.stdout.isTTY ? process.stdout.rows : undefined;
    if (!(await showInPager(text, { environment: process.env, rows }))) terminal.print(text);
  };
  try {
    const cli = await buildCli(
      { ...terminal, ...own, printData, takeSignal: interruption.take, letGo: interruption.letGo, showLong },
      words,
    );
    await cli.parseAsync(words, { from: 'user' });
    progress.clear();
  } catch (error) {
    progress.clear();
    process.exitCode = interruption.exitCode ?? report(error, { terminal, isDebug, wantsJson: !hasData && words.includes('--json') });
    if (interruption.by !== undefined) terminal.printError(`recon: stopped by ${interruption.by}\n`);
  }
}

/** A line of progress goes out of the way of what is printed. */
function withoutProgress(terminal: Terminal, { clear }: ProgressLine): Terminal {
  const cleared = (print: (text: string) => void) => (text: string) => {
    clear();
    print(text);
  };
  const { print, printData, printError } = terminal;
  return { ...terminal, print: cleared(print), printData: cleared(printData), printError: cleared(printError) };
}

interface Told {
  terminal: Terminal;
  isDebug: boolean;
  /** with --json a failure has that form, too, unless an answer was given before */
  wantsJson: boolean;
}

/** Tells the person what failed and gives the exit code. */
function report(error: unknown, { terminal, isDebug, wantsJson }: Told): number {
  const tellPrograms = ({ code, message, hint }: { code: string; message: string; hint?: string | undefined }): void => {
    if (wantsJson) terminal.printData(`${plainJson({ code, message, ...definedOnly({ hint }) }, 2)}\n`);
  };
  const usage = usageExitCode(error);
  if (usage !== undefined) {
    if (usage !== 0) tellPrograms({ code: 'usage', message: messageOf(error).replace(/^error: /, '') });
    return usage;
  }
  const failure = error instanceof ReconError ? error : systemFailure(error);
  if (failure !== undefined) {
    tellPrograms(failure);
    terminal.printError(`recon: ${failure.message}\n${failure.hint === undefined ? '' : `  try: ${failure.hint}\n`}`);
    if (isDebug) terminal.printError(`${stackOf(error)}\n`);
    return failure.exitCode;
  }
  terminal.printError(`recon: unexpected failure: ${stackOf(error)}\n`);
  return 1;
}
