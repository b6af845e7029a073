import { type Command, Option } from 'commander';
import { ReconError } from '../domain/errors.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { EXPORT_FORMATS } from '../report/export/formats/formats.ts';
import type { CliDeps } from './cli.ts';

/** The commands for afterwards, at the desk: what they read are tarballs. Each is one block; modules are loaded when it is called. */
export function addResults(program: Command, deps: CliDeps): void {
  addVerify(program, deps);
  addReport(program, deps);
  addDiff(program, deps);
  addQuery(program, deps);
  addLoad(program, deps);
  addMerge(program, deps);
  addShare(program, deps);
  addExport(program, deps);
}

function addVerify(program: Command, { print, log }: CliDeps): void {
  program
    .command('verify <tarball>')
    .description('check every file of a tarball against its manifest; exit code 0: good, 1: damaged, with a list of what')
    .addOption(identityOption())
    .addHelpText('after', '\nExample:\n  recon verify recon-hall-3-2026-11-21.tar.gz\n')
    .action(async (tarball: string, { identity }: { identity?: string }) => {
      const { plainTarball } = await import('../desk/open-tarballs.ts');
      const { verifyTarball } = await import('../desk/verify.ts');
      const { signatureSentence } = await import('../tarball/signature.ts');
      await using plain = await plainTarball(tarball, identity);
      await verifyTarball(plain.path, { print, onProgress: log.info, checkSignature: signatureSentence, name: tarball });
    });
}

function addReport(program: Command, { print, log }: CliDeps): void {
  program
    .command('report <tarball>')
    .description('make report.html anew from a tarball: one page that any browser opens from disk')
    .option('-o, --output <directory>', 'where report.html goes (default: a directory named after the tarball)')
    .addOption(identityOption())
    .addHelpText('after', '\nExample:\n  recon report recon-hall-3-2026-11-21.tar.gz -o hall-3/\n')
    .action(async (tarball: string, options: { output?: string; identity?: string }) => {
      const { reportDirectory, writeVisitReport } = await import('../desk/report.ts');
      const { withVisits } = await import('../desk/open-tarballs.ts');
      const directory = options.output ?? reportDirectory(tarball);
      await withVisits([tarball], { ...options, warn: log.warn }, async ([visit]) => {
        if (visit === undefined) return;
        const { path, machines, sizeBytes } = await writeVisitReport(visit, directory, log.info);
        print(`${path}: ${machines} ${machines === 1 ? 'machine' : 'machines'}, ${(sizeBytes / 1e6).toFixed(1)} MB\n`);
      });
    });
}

function addDiff(program: Command, { print, log }: CliDeps): void {
  program
    .command('diff <before> <after>')
    .description('what changed between two visits; or, with a CSV file in the place of one, what of a list is there')
    .option('--json', 'as JSON', false)
    .option('--html <file>', 'a page as well, which any browser opens from disk')
    .addOption(identityOption())
    .addHelpText('after', '\nExamples:\n  recon diff may.tar.gz june.tar.gz\n  recon diff expected.csv june.tar.gz --html diff.html\n')
    .action(async (before: string, after: string, { json, html, ...options }: { json: boolean; html?: string; identity?: string }) => {
      const { compareVisits, compareWithList } = await import('../desk/diff.ts');
      const { withVisits } = await import('../desk/open-tarballs.ts');
      const output = { json, html, print };
      const isList = (path: string): boolean => /\.csv$/i.test(path);
      const tarballs = [before, after].filter((path) => !isList(path));
      const list = [before, after].find(isList);
      await withVisits(tarballs, { ...options, warn: log.warn }, async ([first, second]) => {
        if (first === undefined)
          throw new ReconError('usage', 'two lists tell nothing of a visit', { hint: 'recon diff expected.csv visit.tar.gz' });
        if (second !== undefined) await compareVisits(first, second, output);
        else if (list !== undefined) await compareWithList(list, first, output);
      });
    });
}

function addQuery(program: Command, { print, log }: CliDeps): void {
  program
    .command('query [arguments...]')
    .description('ask tarballs a question in SQL: recon query TARBALL... SQL')
    .addOption(new Option('--csv', 'as CSV (RFC 4180)').conflicts('json'))
    .option('--json', 'as a JSON array of objects')
    .option('--tables', 'list the tables and their columns')
    .addOption(identityOption())
    .addHelpText('after', "\nExample:\n  recon query recon-hall-3-2026-11-21.tar.gz 'select model, count(*) from disks group by model'\n")
    .action(async (words: string[], options: { csv?: true; json?: true; tables?: true; identity?: string }) => {
      const { tablesHelp } = await import('../report/tables/help.ts');
      if (options.tables) return print(tablesHelp());
      const [sql = '', ...tarballs] = words.toReversed();
      if (tarballs.length === 0) throw new ReconError('usage', 'a query wants a tarball and SQL', { hint: 'recon query --help' });
      const { queryVisits } = await import('../desk/query.ts');
      const { withVisits } = await import('../desk/open-tarballs.ts');
      const format = options.csv ? 'csv' : options.json ? 'json' : 'table';
      await withVisits(tarballs.toReversed(), { ...options, warn: log.warn }, (visits) => queryVisits(visits, sql, format, print));
    });
}

function addLoad(program: Command, { print, log }: CliDeps): void {
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
      await withVisits(tarballs, { ...options, warn: log.warn }, (visits) =>
        loadVisits(visits, { to, schema, ...definedOnly({ name: visit }) }, ({ name, path, machines, isReplaced }) =>
          print(`${path}: visit "${name}", ${machines} machines${isReplaced ? ', in place of what was there' : ''}\n`),
        ),
      );
    });
}

function addMerge(program: Command, { print, log }: CliDeps): void {
  program
    .command('merge <tarballs...>')
    .description('make one tarball of several: each machine once with its newest record, older records kept beside it')
    .requiredOption('-o, --output <file>', 'the new tarball; with --encrypt-to its name ends with .age')
    .option('--site <name>', 'name of the site (default: those of the tarballs)')
    .option('--encrypt-to <recipient>', 'public key of age (age1…) that the new tarball is encrypted to')
    .addOption(identityOption())
    .addHelpText('after', '\nExample:\n  recon merge hall-3-*.tar.gz -o hall-3.tar.gz\n')
    .action(async (tarballs: string[], options: { output: string; site?: string; encryptTo?: string; identity?: string }) => {
      const { mergeVisits } = await import('../desk/merge/merge.ts');
      const { mergeRecipient } = await import('../desk/merge/recipient.ts');
      const { withVisits } = await import('../desk/open-tarballs.ts');
      const { output, site } = options;
      const recipient = mergeRecipient(options.encryptTo, output);
      await withVisits(tarballs, { ...options, warn: log.warn }, async (visits) => {
        const { machines, sources } = await mergeVisits(visits, {
          ...{ output, warn: log.warn, onProgress: log.info },
          ...definedOnly({ site, encryptTo: recipient }),
        });
        for (const source of sources) print(`${source.name}: ${source.site}, ${source.createdAt}, ${source.machines} machines\n`);
        print(`${output}: ${machines} machines\n`);
      });
    });
}

function addShare(program: Command, { print, log }: CliDeps): void {
  program
    .command('share <tarball>')
    .description('write a tarball that can be given away: pseudonyms for serial numbers, addresses and names, and no captures')
    .requiredOption('-o, --output <file>', 'the new tarball')
    .option('--key <file>', "the site's key, made when missing: the same key gives the same pseudonyms. Default: a key that is forgotten")
    .addOption(identityOption())
    .addHelpText('after', '\nExample:\n  recon share recon-hall-3-2026-11-21.tar.gz -o for-vendor.tar.gz --key hall-3.key\n')
    .action(async (tarball: string, options: { output: string; key?: string; identity?: string }) => {
      const { pseudonymsOf } = await import('../desk/share/pseudonyms.ts');
      const { shareVisit } = await import('../desk/share/share.ts');
      const { withVisits } = await import('../desk/open-tarballs.ts');
      const { siteKey } = await import('../platform/files/site-key.ts');
      await withVisits([tarball], { ...options, warn: log.warn }, async ([visit]) => {
        if (visit === undefined) return;
        const { key, isNew } = await siteKey(options.key);
        const { machines } = await shareVisit(visit, pseudonymsOf(key), options.output);
        print(`${options.output}: ${machines} machines, with pseudonyms\n`);
        if (isNew && options.key !== undefined) print(`${options.key} is new: keep it here, and never send it along.\n`);
      });
    });
}

function addExport(program: Command, { print, log }: CliDeps): void {
  program
    .command('export <tarball>')
    .description('write the machines in the format of another program: NetBox, GLPI, Ansible, dnsmasq and others')
    .requiredOption('--format <name>', `one of:\n${EXPORT_FORMATS.map(({ name, about }) => `${name.padEnd(10)} ${about}`).join('\n')}`)
    .option('-o, --output <path>', 'file, or new directory for a format of several files (default: standard output)')
    .option('--first-address <ipv4>', 'give the machines addresses from here on, one after the other')
    .addOption(identityOption())
    .addHelpText('after', '\nExample:\n  recon export recon-hall-3-2026-11-21.tar.gz --format netbox -o netbox/\n')
    .action(async (tarball: string, options: { format: string; output?: string; firstAddress?: string; identity?: string }) => {
      const { exportVisit } = await import('../desk/export-visit.ts');
      const { withVisits } = await import('../desk/open-tarballs.ts');
      await withVisits([tarball], { ...options, warn: log.warn }, async ([visit]) => {
        if (visit !== undefined) await exportVisit(visit, { ...options, print, warn: log.warn });
      });
    });
}

/** Every command that reads tarballs has it. */
function identityOption(): Option {
  return new Option('--identity <file>', 'file of age-keygen that opens an encrypted tarball (….tar.gz.age)');
}
