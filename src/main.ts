import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageFile from '../package.json' with { type: 'json' };
import { buildCli, usageExitCode } from './cli/cli.ts';
import { ReconError } from './domain/errors.ts';
import { definedOnly } from './domain/values/defined-only.ts';
import { messageOf, stackOf } from './domain/values/message-of.ts';
import { plainJson } from './domain/values/plain-json.ts';
import { systemFailure } from './platform/files/system-failure.ts';
import { stderrLog } from './platform/log.ts';
import { onInterruption } from './platform/process/interruption.ts';
import { askPerson } from './platform/question.ts';
import { openTerminal } from './platform/terminal.ts';

const terminal = openTerminal(process);
let hasData = false;
const printData = (text: string): void => {
  hasData = true;
  terminal.printData(text);
};
const debug = process.argv.includes('--debug') || process.env['RECON_DEBUG'] === '1';
const interruption = onInterruption();

// `recon … | head` has read enough: that is the end, and no failure
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const cli = buildCli({
  version: packageFile.version,
  log: stderrLog({ debug }),
  ...terminal,
  printData,
  environment: process.env,
  repository: join(dirname(fileURLToPath(import.meta.url)), '..'),
  takeSignal: interruption.take,
  ask: askPerson,
});
// not awaited: the program in the image is a script, because only of a script V8's code can be kept
cli.parseAsync(process.argv).catch((error: unknown) => {
  process.exitCode = interruption.exitCode ?? report(error);
  if (interruption.by !== undefined) terminal.printError(`recon: stopped by ${interruption.by}\n`);
});

/** With --json a failure has that form, too, unless an answer was given before. */
function tellPrograms({ code, message, hint }: { code: string; message: string; hint?: string | undefined }): void {
  if (!hasData && process.argv.includes('--json')) terminal.printData(`${plainJson({ code, message, ...definedOnly({ hint }) }, 2)}\n`);
}

/** Tells the person what failed and gives the exit code. */
function report(error: unknown): number {
  const usage = usageExitCode(error);
  if (usage !== undefined) {
    if (usage !== 0) tellPrograms({ code: 'usage', message: messageOf(error).replace(/^error: /, '') });
    return usage;
  }
  const failure = error instanceof ReconError ? error : systemFailure(error);
  if (failure !== undefined) {
    tellPrograms(failure);
    terminal.printError(`recon: ${failure.message}\n${failure.hint === undefined ? '' : `  try: ${failure.hint}\n`}`);
    if (debug) terminal.printError(`${stackOf(error)}\n`);
    return failure.exitCode;
  }
  terminal.printError(`recon: unexpected failure: ${stackOf(error)}\n`);
  return 1;
}
