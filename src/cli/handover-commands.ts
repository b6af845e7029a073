import type { Command } from 'commander';
import { definedOnly } from '../domain/values/defined-only.ts';
import { plainJson } from '../domain/values/plain-json.ts';
import { visitStartWords } from '../domain/visit/words-of-visits.ts';
import type { Log } from '../platform/log.ts';
import type { ProgressLine } from '../platform/progress.ts';
import type { ExportFormat } from '../report/export/format.ts';
import { identityOption } from './identity-option.ts';
import { keysHelp } from './keys-help.ts';

export interface HandoverCommandsDeps {
  log: Log;
  /** for work over a second */
  progress: ProgressLine;
  print: (text: string) => void;
  printData: (text: string) => void;
}

/** At the desk: what a tarball says, for another program, another person, or the tarball of a whole site. */
export function addHandoverCommands(program: Command, deps: HandoverCommandsDeps, formats: readonly ExportFormat[]): void {
  addLoad(program, deps);
  addMerge(program, deps);
  addShare(program, deps);
  addExport(program, deps, formats);
}

function addLoad(program: Command, { print, log, progress }: HandoverCommandsDeps): void {
  program
    .command('load <tarballs...>')
    .description('put tarballs into a PostgreSQL database; one that is there already is replaced')
    .requiredOption('--to <address>', 'postgres://user@host:5432/database; the password belongs into PGPASSWORD')
    .option('--schema <name>', 'schema that the tables are in', 'recon')
    .option('--visit <name>', 'call the visit so, instead of by site and time; a later load with this name replaces it')
    .addOption(identityOption())
    .addHelpText('after', '\nExample:\n  recon load --to postgres://me@db.example/inventory recon-*.tar.gz\n')
    .action(async (tarballs: string[], options: { to: string; schema: string; visit?: string; identity?: string }) => {
      const { loadVisits } = await import('../desk/load.ts');
      const { withVisits } = await import('../desk/open-tarballs.ts');
      const { to, schema, visit } = options;
      await withVisits(tarballs, { ...options, warn: log.warn, onProgress: progress.at }, (visits) =>
        loadVisits(visits, { to, schema, ...definedOnly({ name: visit }) }, ({ name, path, machines, isReplaced }) =>
          print(`${path}: visit "${name}", ${machines} machines${isReplaced ? ', in place of what was there' : ''}\n`),
        ),
      );
    });
}

interface MergeWords {
  output: string;
  site?: string;
  encryptTo?: string;
  json?: true;
  identity?: string;
}

function addMerge(program: Command, { print, printData, log, progress }: HandoverCommandsDeps): void {
  program
    .command('merge <tarballs...>')
    .description('make one tarball of several: each machine once with its newest record, older records kept beside it')
    .requiredOption('-o, --output <file>', 'the new tarball; with --encrypt-to its name ends with .age')
    .option('--site <name>', 'name of the site (default: those of the tarballs)')
    .option('--encrypt-to <recipient>', 'public key of age (age1…) that the new tarball is encrypted to')
    .option('--json', 'say as JSON what is in it')
    .addOption(identityOption())
    .addHelpText('after', '\nExample:\n  recon merge hall-3-*.tar.gz -o hall-3.tar.gz\n')
    .action(async (tarballs: string[], options: MergeWords) => {
      const { mergeVisits } = await import('../desk/merge/merge.ts');
      const { mergeRecipient } = await import('../desk/merge/recipient.ts');
      const { withVisits } = await import('../desk/open-tarballs.ts');
      const { output, site } = options;
      const recipient = mergeRecipient(options.encryptTo, output);
      await withVisits(tarballs, { ...options, warn: log.warn, onProgress: progress.at }, async (visits) => {
        const { machines, sources } = await mergeVisits(visits, {
          ...{ output, warn: log.warn, onProgress: progress.at },
          ...definedOnly({ site, encryptTo: recipient }),
        });
        if (options.json) return printData(`${plainJson({ path: output, machines, sources }, 2)}\n`);
        for (const { name, site: of, createdAt, visit, machines: count } of sources)
          print(`${name}: ${of}, ${createdAt}, ${count} machines${visit === undefined ? '' : `; ${visitStartWords(visit)}`}\n`);
        print(`${output}: ${machines} machines\n`);
      });
    });
}

function addShare(program: Command, { print, printData, log, progress }: HandoverCommandsDeps): void {
  program
    .command('share <tarball>')
    .description('write a tarball that can be given away: pseudonyms for serial numbers, addresses and names, and no captures')
    .requiredOption('-o, --output <file>', 'the new tarball')
    .option('--key <file>', "the site's key, made when missing: the same key gives the same pseudonyms. Default: a key that is forgotten")
    .option('--json', 'say as JSON what was written')
    .addOption(identityOption())
    .addHelpText('after', '\nExample:\n  recon share recon-hall-3-2026-11-21.tar.gz -o for-vendor.tar.gz --key hall-3.key\n')
    .action(async (tarball: string, options: { output: string; key?: string; json?: true; identity?: string }) => {
      const { pseudonymsOf } = await import('../desk/share/pseudonyms.ts');
      const { shareVisit } = await import('../desk/share/share.ts');
      const { withVisits } = await import('../desk/open-tarballs.ts');
      const { siteKey } = await import('../platform/files/site-key.ts');
      await withVisits([tarball], { ...options, warn: log.warn, onProgress: progress.at }, async ([visit]) => {
        if (visit === undefined) return;
        const { key, isNew } = await siteKey(options.key);
        const { machines } = await shareVisit(visit, pseudonymsOf(key), options.output, progress.at);
        if (options.json)
          return printData(`${plainJson({ path: options.output, machines, isKeyNew: options.key !== undefined && isNew }, 2)}\n`);
        print(`${options.output}: ${machines} machines, with pseudonyms\n`);
        if (isNew && options.key !== undefined) print(`${options.key} is new: keep it here, and never send it along.\n`);
      });
    });
}

interface ExportCommandWords {
  format: string;
  output?: string;
  firstAddress?: string;
  set?: string[];
  map?: string;
  known?: string[];
  identity?: string;
}

function addExport(program: Command, { printData, log, progress }: HandoverCommandsDeps, formats: readonly ExportFormat[]): void {
  const longest = Math.max(...formats.map(({ name }) => name.length)) + 1;
  program
    .command('export <tarball>')
    .description('write the machines in the format of another program: NetBox, GLPI, Ansible, dnsmasq and others')
    .requiredOption('--format <name>', `one of:\n${formats.map(({ name, about }) => `${name.padEnd(longest)} ${about}`).join('\n')}`)
    .option('-o, --output <path>', 'file, or new directory for a format of several files (default: standard output)')
    .option('--first-address <ipv4>', 'give the machines addresses from here on, one after the other')
    .option('--set <key=value>', 'what no inventory can know, for formats with keys (below); may stand several times', collected)
    .option('--map <file>', 'YAML with the tables, columns and headings of --format csv (docs/export.md)')
    .option('--known <files...>', 'CSV files that NetBox exported: what it has already is left out of --format netbox')
    .addOption(identityOption())
    .addHelpText('after', `\nKeys of --set:\n${keysHelp(formats)}`)
    .addHelpText(
      'after',
      `
Examples:
  recon export recon-hall-3-2026-11-21.tar.gz --format netbox -o netbox/
  recon export recon-hall-3-2026-11-21.tar.gz --format netbox -o new/ --known netbox_devices.csv netbox_manufacturers.csv
`,
    )
    .action(async (tarball: string, options: ExportCommandWords) => {
      const { exportVisit } = await import('../desk/export-visit.ts');
      const { withVisits } = await import('../desk/open-tarballs.ts');
      await withVisits([tarball], { ...options, warn: log.warn, onProgress: progress.at }, async ([visit]) => {
        if (visit !== undefined) await exportVisit(visit, { ...options, print: printData, warn: log.warn });
      });
    });
}

function collected(word: string, before: readonly string[] = []): string[] {
  return [...before, word];
}
