import type { Command } from 'commander';
import { plainJson } from '../domain/values/plain-json.ts';
import { identityOption } from './identity-option.ts';
import type { ResultsCommandsDeps } from './results-commands.ts';

/** At the desk: where a part was, visit by visit. */
export function addTraceCommand(program: Command, { print, printData, log, progress }: ResultsCommandsDeps): void {
  program
    .command('trace <serial-or-mac> <tarballs...>')
    .description('say where a part was at each visit: machine, slot and switch port, and when it was last seen; exit code 1: nowhere')
    .option('--json', 'as JSON')
    .addOption(identityOption())
    .addHelpText(
      'after',
      '\nExamples:\n  recon trace S4YPNX0R123456 may.tar.gz june.tar.gz\n  recon trace 0c:42:a1:00:00:01 recon-*.tar.gz\n',
    )
    .action(async (wanted: string, tarballs: string[], options: { json?: true; identity?: string }) => {
      const { withVisits } = await import('../desk/open-tarballs.ts');
      const { traceVisits } = await import('../desk/trace.ts');
      const { traceText } = await import('../report/trace/trace-text.ts');
      await withVisits(tarballs, { ...options, warn: log.warn, onProgress: progress.at }, async (visits) => {
        const trace = await traceVisits(visits, wanted);
        if (options.json) printData(`${plainJson(trace, 2)}\n`);
        else print(traceText(trace));
        if (trace.lastSeenAt === null) process.exitCode = 1;
      });
    });
}
