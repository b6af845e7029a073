import { type Command, Option } from 'commander';
import { ReconError } from '../domain/errors.ts';
import { plainJson } from '../domain/values/plain-json.ts';
import { visitStartWords } from '../domain/visit/words-of-visits.ts';
import type { Log } from '../platform/log.ts';
import type { ProgressLine } from '../platform/progress.ts';
import { identityOption } from './identity-option.ts';

export interface ResultsCommandsDeps {
  log: Log;
  /** for work over a second */
  progress: ProgressLine;
  print: (text: string) => void;
  printData: (text: string) => void;
  /** of the terminal that shows what is printed; undefined where a file or a program takes it */
  widthColumns: number | undefined;
  /** nothing is left to be cleaned up: from then on a signal ends the program at once */
  letGo: () => () => void;
  /** prints, by a pager where a terminal has fewer lines */
  showLong: (text: string) => Promise<void>;
}

/** At the desk: what a tarball says, and a tarball where the master made none. */
export function addResultsCommands(program: Command, deps: ResultsCommandsDeps): void {
  addVerify(program, deps);
  addReport(program, deps);
  addDiff(program, deps);
  addQuery(program, deps);
  addRecover(program, deps);
  addCheck(program, deps);
}

function addVerify(program: Command, { print, printData, progress }: ResultsCommandsDeps): void {
  program
    .command('verify <tarball>')
    .description('check every file of a tarball against its manifest; exit code 0: good, 1: damaged, with a list of what, 5: not signed')
    .option('--code <code>', 'the code that the master showed: the tarball must be signed, and by the key of this code')
    .option('--json', 'say as JSON what it is, or every fault', false)
    .addOption(identityOption())
    .addHelpText('after', '\nExample:\n  recon verify recon-hall-3-2026-11-21.tar.gz --code K7M2Q-9XWZ4\n')
    .action(async (tarball: string, { identity, json, ...code }: { identity?: string; json: boolean; code?: string }) => {
      const { plainTarball } = await import('../desk/open-tarballs.ts');
      const { verifyTarball } = await import('../desk/verify.ts');
      const { signatureSentence } = await import('../tarball/signature.ts');
      await using plain = await plainTarball(tarball, identity);
      const output = { print: json ? printData : print, json, onProgress: progress.at };
      await verifyTarball(plain.path, { ...output, checkSignature: signatureSentence, name: tarball, ...code });
    });
}

function addReport(program: Command, { print, printData, log, progress }: ResultsCommandsDeps): void {
  program
    .command('report <tarball>')
    .description('make report.html anew from a tarball: one page that any browser opens from disk')
    .option('-o, --output <directory>', 'where report.html goes (default: a directory named after the tarball)')
    .option('--earlier <tarballs...>', 'tarballs of visits before: each part leads to where it was then')
    .option('--json', 'say as JSON what was written')
    .addOption(identityOption())
    .addHelpText(
      'after',
      '\nExamples:\n  recon report recon-hall-3-2026-11-21.tar.gz -o hall-3/\n  recon report june.tar.gz --earlier april.tar.gz may.tar.gz\n',
    )
    .action(async (tarball: string, options: { output?: string; earlier?: string[]; json?: true; identity?: string }) => {
      const { reportDirectory, writeVisitReport } = await import('../desk/report.ts');
      const { withVisits } = await import('../desk/open-tarballs.ts');
      const directory = options.output ?? reportDirectory(tarball);
      const tarballs = [tarball, ...(options.earlier ?? [])];
      await withVisits(tarballs, { ...options, warn: log.warn, onProgress: progress.at }, async ([visit, ...earlier]) => {
        if (visit === undefined) return;
        const { path, machines, sizeBytes } = await writeVisitReport(visit, directory, progress.at, earlier);
        if (options.json) printData(`${plainJson({ path, machines, sizeBytes }, 2)}\n`);
        else print(`${path}: ${machines} ${machines === 1 ? 'machine' : 'machines'}, ${(sizeBytes / 1e6).toFixed(1)} MB\n`);
      });
    });
}

function addDiff(program: Command, { print, printData, log, progress }: ResultsCommandsDeps): void {
  program
    .command('diff <before> <after>')
    .allowExcessArguments()
    .description('what changed between two visits; or, with a CSV file in the place of one, what of a list is there')
    .option('--json', 'as JSON', false)
    .option('--html <file>', 'a page as well, which any browser opens from disk')
    .option('--exit-code', 'end with 1 when anything differs', false)
    .addOption(identityOption())
    .addHelpText('after', '\nExamples:\n  recon diff may.tar.gz june.tar.gz\n  recon diff expected.csv june.tar.gz --html diff.html\n')
    .action(
      async (
        before: string,
        after: string,
        { json, html, exitCode, ...options }: { json: boolean; html?: string; exitCode: boolean; identity?: string },
        command: Command,
      ) => {
        if (command.args.length > 2)
          throw new ReconError('usage', `two visits are compared, and ${command.args.length} were given`, {
            hint: 'Compare two at a time. When several are of one inventory, recon merge makes one tarball of them first.',
          });
        const { compareVisits, compareWithList } = await import('../desk/diff.ts');
        const { withVisits } = await import('../desk/open-tarballs.ts');
        const output = { json, html, print: json ? printData : print };
        const isList = (path: string): boolean => /\.csv$/i.test(path);
        const tarballs = [before, after].filter((path) => !isList(path));
        const list = [before, after].find(isList);
        await withVisits(tarballs, { ...options, warn: log.warn, onProgress: progress.at }, async ([first, second]) => {
          if (first === undefined)
            throw new ReconError('usage', 'two lists tell nothing of a visit', { hint: 'recon diff expected.csv visit.tar.gz' });
          const isDifferent =
            second === undefined
              ? list !== undefined && (await compareWithList(list, first, output))
              : await compareVisits(first, second, output);
          if (exitCode && isDifferent) process.exitCode = 1;
        });
      },
    );
}

interface QueryWords {
  csv?: true;
  json?: true;
  human?: true;
  tables?: true;
  examples?: true;
  identity?: string;
}

function addQuery(program: Command, { print, printData, log, progress, widthColumns, letGo, showLong }: ResultsCommandsDeps): void {
  program
    .command('query [arguments...]')
    .description('ask tarballs a question in SQL: recon query TARBALL... SQL')
    .addOption(new Option('--csv', 'as CSV (RFC 4180)').conflicts('json'))
    .option('--json', 'as a JSON array of objects')
    .addOption(new Option('--human', 'sizes, times and truth as people say them').conflicts(['csv', 'json']))
    .option('--tables', 'list the tables and their columns')
    .option('--examples', 'print ten questions that work')
    .addOption(identityOption())
    .addHelpText('after', "\nExample:\n  recon query recon-hall-3-2026-11-21.tar.gz 'select model, count(*) from disks group by model'\n")
    .action(async (words: string[], options: QueryWords) => {
      const { tablesHelp } = await import('../report/tables/help.ts');
      if (options.tables) return print(tablesHelp());
      if (options.examples) return print((await import('../report/tables/examples.ts')).examplesText());
      const [sql = '', ...tarballs] = words.toReversed();
      if (tarballs.length === 0) throw new ReconError('usage', 'a query wants a tarball and SQL', { hint: 'recon query --help' });
      const { queryVisits } = await import('../desk/query.ts');
      const { withVisits } = await import('../desk/open-tarballs.ts');
      const format = options.csv ? 'csv' : options.json ? 'json' : 'table';
      await withVisits(tarballs.toReversed(), { ...options, warn: log.warn, onProgress: progress.at }, async (visits) => {
        const isShown = format === 'table' && widthColumns !== undefined;
        const pieces: string[] = [];
        const write = isShown ? (piece: string) => void pieces.push(piece) : format === 'table' ? print : printData;
        const { human: isHuman } = options;
        await queryVisits(visits, sql, { format, print: write, isHuman, widthColumns, letGo, onProgress: progress.at });
        if (isShown) await showLong(pieces.join(''));
      });
    });
}

function addRecover(program: Command, { print, log }: ResultsCommandsDeps): void {
  program
    .command('recover <stick>')
    .description(
      'make a tarball of the records on a stick (mounted, its device, or an image of it) when the master made none; one for each visit',
    )
    .requiredOption('-o, --output <file>', 'the new tarball; with several visits each has its number in the name')
    .option('--site <name>', 'name of the site (default: that of the visit, or of recon.yaml on the stick)')
    .addOption(identityOption())
    .option('--visit <number>', 'recover only this one, by its number or id; 0: records of an older version, which name no visit')
    .addHelpText(
      'after',
      '\nExamples:\n  recon recover /media/RECONDATA -o hall-3.tar.gz\n  recon recover /dev/sdX -o june.tar.gz --visit 2\n',
    )
    .action(async (stick: string, { output, ...options }: { output: string; site?: string; visit?: string; identity?: string }) => {
      const { recoverVisits } = await import('../desk/recover.ts');
      let damaged = 0;
      const onDamaged = (count: number): void => {
        damaged = count;
      };
      for (const one of await recoverVisits(stick, { output, warn: log.warn, onDamaged, ...options })) {
        const start = one.visit === undefined ? '' : `; ${visitStartWords(one.visit)}`;
        print(`${one.path}: ${one.machines} ${one.machines === 1 ? 'machine' : 'machines'}${start}\n`);
      }
      if (damaged === 0) return;
      throw new ReconError('tarball-incomplete', `done with what could be read: ${damaged} of what is on the stick cannot be, see above`, {
        hint: 'A tarball that the master made, on the stick or copied before, may hold those records: recon merge adds it.',
      });
    });
}

function addCheck(program: Command, { print }: ResultsCommandsDeps): void {
  program
    .command('check <stick>')
    .description(
      'what a master would say of recon.yaml, the list that it names and the collectors on a stick (mounted, its device, an image of it, or a directory with these files); exit code 1: it would serve nothing',
    )
    .addHelpText('after', '\nExamples:\n  recon check /media/RECONDATA\n  recon check ./for-the-stick\n')
    .action(async (stick: string) => {
      const { checkPreparedStick } = await import('../desk/prepared-stick.ts');
      const { temporaryDirectory } = await import('../platform/files/files.ts');
      await using work = await temporaryDirectory('recon-check-');
      const { said, mistakes } = await checkPreparedStick(stick, work.path);
      print([...said, ...mistakes.map((mistake) => `MISTAKE: ${mistake}`)].map((line) => `${line}\n`).join(''));
      if (mistakes.length > 0) process.exitCode = 1;
    });
}
