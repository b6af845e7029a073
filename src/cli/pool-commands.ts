import { type Command, InvalidArgumentError } from 'commander';
import { ReconError } from '../domain/errors.ts';
import { counted } from '../domain/values/counted.ts';
import { askedHead, asksHead, changesPool, type HeadOptionsDeps, type HeadWords, orderChange, tell } from './asked-head.ts';

/** The boot pool: what each machine boots, from a folder of YAML. */
export function addPoolCommands(program: Command, deps: HeadOptionsDeps): void {
  const pool = program.command('pool').description('the boot pool: what each machine boots, from a folder of YAML');
  addFolder(pool, deps);
  addHistory(pool, deps);
}

function addFolder(pool: Command, deps: HeadOptionsDeps): void {
  asksHead(pool.command('check [folder]'))
    .description("check every file of a pool against each other, and change nothing; without a folder the head's")
    .addHelpText('after', '\nExamples:\n  recon pool check ./pool\n  recon pool check')
    .action(async (folder: string | undefined, words: HeadWords) => {
      if (folder === undefined) return checkAtHead(deps, words);
      const { checkedPool } = await import('../pool/desk/check-pool.ts');
      const { poolLine } = await import('../pool/api/parts/pool-line.ts');
      const summary = poolLine(await checkedPool(folder));
      tell(deps, words, { summary, mistakes: [] }, `${folder}: ${summary}\n`);
    });
  changesPool(pool.command('apply [folder]'))
    .description("take what was edited in the head's folder, or a whole other folder, as the next revision")
    .addHelpText('after', '\nExamples:\n  recon pool apply\n  recon pool apply ./pool --if-revision 12')
    .action(async (folder: string | undefined, words: HeadWords) => {
      const { readPoolFolder } = await import('../pool/folder/read-folder.ts');
      const body = folder === undefined ? {} : { files: Object.fromEntries(await readPoolFolder(folder)) };
      await orderChange(deps, words, { method: 'POST', path: '/pool/apply', body });
    });
  asksHead(pool.command('export [folder]'))
    .description('every file of the newest revision, into a new folder; without one, as JSON')
    .addHelpText('after', '\nExamples:\n  recon pool export ./pool\n  recon pool export > pool.json')
    .action(async (folder: string | undefined, words: HeadWords) => {
      const found = await (await askedHead(words, deps)).exported();
      if (folder === undefined) return tell(deps, { ...words, json: true }, found, '');
      const { writePoolFolder } = await import('../pool/remote/write-folder.ts');
      await writePoolFolder(folder, found.files);
      tell(deps, words, found, `${folder} holds ${counted(Object.keys(found.files).length, 'file')} of revision ${found.revision}\n`);
    });
}

async function checkAtHead(deps: HeadOptionsDeps, words: HeadWords): Promise<void> {
  const found = await (await askedHead(words, deps)).check();
  const { mistakesText } = await import('../pool/store/mistakes-text.ts');
  const { certificateText, uncommittedText } = await import('../pool/remote/pool-text.ts');
  if (words.json) tell(deps, words, found, '');
  else if (found.mistakes.length === 0)
    deps.print(`${found.summary ?? ''}\n${uncommittedText(found.uncommitted)}${certificateText(found.certificate)}`);
  if (found.mistakes.length === 0) return;
  throw new ReconError('pool-broken', `${counted(found.mistakes.length, 'mistake')} in the head's folder; the last good revision serves`, {
    hint: mistakesText(found.mistakes.map((one) => ({ hint: undefined, ...one }))),
  });
}

function addHistory(pool: Command, deps: HeadOptionsDeps): void {
  asksHead(pool.command('history'))
    .description('accepted states, the newest first: who, when, what')
    .option('--last <count>', 'so many', wholeNumber, 30)
    .addHelpText('after', '\nExample:\n  recon pool history --last 100')
    .action(async ({ last, ...words }: HeadWords & { last: number }) => {
      const { historyText } = await import('../pool/remote/pool-text.ts');
      const found = await (await askedHead(words, deps)).history(last);
      tell(deps, words, found, historyText(found));
    });
  asksHead(pool.command('show <revision>'))
    .description('one accepted state: every file of it')
    .addHelpText('after', '\nExample:\n  recon pool show 12')
    .action(async (revision: string, words: HeadWords) => {
      const { revisionText } = await import('../pool/remote/pool-text.ts');
      const found = await (await askedHead(words, deps)).revision(revisionFrom(revision));
      tell(deps, words, found, revisionText(found));
    });
  asksHead(pool.command('diff <from> <to>'))
    .description('what differs between two revisions, line by line')
    .addHelpText('after', '\nExample:\n  recon pool diff 11 12')
    .action(async (from: string, to: string, words: HeadWords) => {
      const { poolDiffText } = await import('../pool/remote/pool-text.ts');
      const found = await (await askedHead(words, deps)).diff(revisionFrom(from), revisionFrom(to));
      tell(deps, words, found, poolDiffText(found));
    });
  changesPool(pool.command('rollback <revision>'))
    .description('make an earlier state the newest again')
    .addHelpText('after', '\nExample:\n  recon pool rollback 11')
    .action(async (revision: string, words: HeadWords) => {
      const body = { revision: revisionFrom(revision) };
      await orderChange(deps, words, { method: 'POST', path: '/pool/rollback', body });
    });
}

/** @throws ReconError `usage` */
function revisionFrom(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new ReconError('usage', `"${text.slice(0, 60)}" is no revision`, {
    hint: 'A number from 1 on; recon pool history shows those that are kept.',
  });
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`"${text}" is no number from 1 on.`);
}
