import { join } from 'node:path';
import { messageOf } from '../../domain/values/message-of.ts';
import { mayWrite } from '../../platform/files/may-write.ts';
import { type CommandResult, run } from '../../platform/process/command.ts';
import { broughtAlong } from './brought-along.ts';
import { type Checkout, findCheckout } from './find-checkout.ts';
import { noteUnderWay, removeLeftLocks } from './left-locks.ts';
import type { FileChange, Revision } from './revision.ts';

/** Keeps the changes of a pool as commits, where its folder is a checkout. It never throws: the change stands, whatever git says. */
export interface ChangeCommits {
  /** why changes cannot be committed; undefined when they can, and where there is no checkout */
  obstacle(): Promise<string | undefined>;
  /** one commit of these files alone; the answer is why there is none */
  commit(revision: Pick<Revision, 'number' | 'by' | 'what'>, changed: readonly FileChange[]): Promise<string | undefined>;
}

interface GitCommitsOptions {
  /** of this head: authors are `anna <anna@HOST>` */
  host: string;
  /** another program than git of the PATH, for tests */
  program?: string;
}

/** What is slow is a repository on NFS; a change waits for it. */
const TIMEOUT_MS = 20_000;

/** @param folder of the pool, or where it will be */
export function gitCommits(folder: string, { host, program = 'git' }: GitCommitsOptions): ChangeCommits {
  const gitOf =
    (checkout: Checkout, person?: string): Git =>
    (args) =>
      run([program, ...settingsOf(checkout), ...args], {
        ...{ cwd: folder, timeoutMs: TIMEOUT_MS, keepFinalNewline: true },
        environment: person === undefined ? {} : identity(person, host),
      });
  return {
    obstacle: () =>
      reasonOf(folder, async (checkout) => {
        const directory = await directoryOf(gitOf(checkout));
        await removeLeftLocks(directory);
        for (const path of [directory, join(directory, 'objects')])
          if (!(await mayWrite(path))) throw new Error(`no permission to write to ${path}`);
      }),
    commit: ({ number, by, what }, changed) =>
      reasonOf(folder, async (checkout) => {
        const git = gitOf(checkout, by);
        const directory = await directoryOf(git);
        await noteUnderWay(directory, true);
        await commitFiles(git, `${what.replaceAll(/\s+/g, ' ')} (revision ${number})`, changed).finally(() =>
          noteUnderWay(directory, false),
        );
      }),
  };
}

type Git = (args: readonly string[]) => Promise<CommandResult>;

async function directoryOf(git: Git): Promise<string> {
  return saidBy(await git(['rev-parse', '--absolute-git-dir'])).trimEnd();
}

async function commitFiles(git: Git, subject: string, changed: readonly FileChange[]): Promise<void> {
  const there = changed.flatMap(({ path, after }) => (after === undefined ? [] : [path]));
  const gone = changed.flatMap(({ path, after }) => (after === undefined ? [path] : []));
  const along = await broughtAlong(git, changed);
  const message = along.length === 0 ? subject : `${subject}\n\nWith what was not committed before in: ${along.join(', ')}`;
  // `commit --only` knows no file that git was never told of
  if (there.length > 0) saidBy(await git(['add', '--intent-to-add', '--', ...there]));
  const known = gone.length === 0 ? [] : saidBy(await git(['ls-files', '-z', '--', ...gone])).split('\0');
  const paths = [...there, ...known.filter((path) => path !== '')];
  if (paths.length === 0) return;
  const outcome = await git(['commit', '--quiet', '--message', message, '--only', '--', ...paths]);
  if (outcome.status === 'ok') return;
  // an edit by hand was committed by who made it, and the change goes back to that: there is nothing to keep
  if (outcome.exitCode === 1 && saidBy(await git(['status', '--porcelain', '--', ...paths])) === '') return;
  saidBy(outcome);
}

/** What a repository may ask of git is left out: programs of its own, questions, and work that goes on behind. */
function settingsOf({ top, isTrusted }: Checkout): string[] {
  const settings = ['core.hooksPath=/dev/null', 'core.fsmonitor=false', 'commit.gpgSign=false', 'gc.auto=0', 'maintenance.auto=false'];
  // git refuses a folder of another user, root's too (CVE-2022-24765); what others own stays refused, because its configuration runs programs
  if (isTrusted) settings.push(`safe.directory=${top}`);
  return ['--literal-pathspecs', ...settings.flatMap((one) => ['-c', one])];
}

/** By the environment and not by `user.name`, which `author.name` of a repository would outdo. */
function identity(person: string, host: string): Record<string, string> {
  const email = `${person.replaceAll(/[^\w.-]/g, '-')}@${host}`;
  return { GIT_AUTHOR_NAME: person, GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: person, GIT_COMMITTER_EMAIL: email };
}

async function reasonOf(folder: string, work: (checkout: Checkout) => Promise<void>): Promise<string | undefined> {
  const checkout = await findCheckout(folder).catch(() => undefined);
  return (
    checkout &&
    work(checkout).then(
      () => undefined,
      (error: unknown) => withCure(messageOf(error), folder, checkout),
    )
  );
}

/** Root often makes the checkout or a commit in it, and the head runs as a user of its own. */
function withCure(reason: string, folder: string, { top }: Checkout): string {
  const isOfOthers = /permission|dubious ownership/i.test(reason);
  return isOfOthers ? `${reason}; as root: chown -R --reference=${folder} ${join(top, '.git')}` : reason;
}

/** What it said. @throws Error in a line: a person reads it beside the pool, not below a command line of two hundred letters */
function saidBy({ status, stdout, stderr }: CommandResult): string {
  if (status === 'ok') return stdout.toString('utf8');
  if (status === 'absent') throw new Error('git is not installed');
  if (status === 'timeout') throw new Error(`git took longer than ${TIMEOUT_MS / 1000} s`);
  const [line = 'git failed'] = `${stderr.toString('utf8')}\n${stdout.toString('utf8')}`.split('\n').filter((one) => one.trim() !== '');
  throw new Error(line.trim().slice(0, 300));
}
