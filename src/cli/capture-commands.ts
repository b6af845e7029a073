import type { Command } from 'commander';
import { plainJson } from '../domain/values/plain-json.ts';
import type { Log } from '../platform/log.ts';

export interface CaptureCommandsDeps {
  log: Log;
  printData: (text: string) => void;
}

/** The inventory of one machine in its stages, without a master; and what its record may hold. */
export function addCaptureCommands(program: Command, { log, printData }: CaptureCommandsDeps): void {
  program
    .command('capture <directory>')
    .description('run the inventory tools of this machine and keep what they say in an empty directory')
    .option('--root <directory>', 'read /proc and /sys of another root; no tool is run then')
    .option('--commands <directory>', 'take what the tools printed from <id>.out files there, and run none (docs/capture.md)')
    .action(async (directory: string, options: { root?: string; commands?: string }) => {
      const { captureTo } = await import('../peer/capture/capture.ts');
      const { captureSummary } = await import('../peer/capture/summary.ts');
      log.info(`${directory}: ${captureSummary(await captureTo(directory, { log, ...options }))}`);
    });
  program
    .command('normalise <directory>')
    .description('print the node record of a capture directory as JSON')
    .option('--explain', 'print for each value from which file and line it comes instead', false)
    .action(async (directory: string, options: { explain: boolean }) => {
      const { readDirectory } = await import('../peer/capture/explained.ts');
      const { record, notes, explained } = await readDirectory(directory);
      for (const note of notes) log.warn(note);
      printData(options.explain ? `${explained().join('\n')}\n` : `${plainJson(record, 2)}\n`);
    });
  program
    .command('schema', { hidden: true })
    .description('print the JSON Schema of the node record; make schema commits it')
    .option('--fields', 'print docs/fields.md instead', false)
    .action(async (options: { fields: boolean }) => {
      const { fieldsDocument } = await import('../domain/record/fields-document.ts');
      const { nodeRecordSchemaText } = await import('../domain/record/record-schema.ts');
      printData(options.fields ? fieldsDocument() : nodeRecordSchemaText());
    });
}
