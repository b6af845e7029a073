import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { ReconError } from '../domain/errors.ts';
import { messageOf } from '../domain/values/message-of.ts';
import { makeDirectory, removePath } from '../platform/files/directories.ts';
import { readOrUndefined } from '../platform/files/files.ts';
import type { ChildExit } from '../platform/process/child.ts';
import { commandError } from '../platform/process/command.ts';
import type { PeerDeps } from './deps.ts';
import { environmentOf } from './environment.ts';
import { BUILT_IN_RUN, POST_PROGRAM } from './post-archive.ts';
import { checkedMembers } from './post-members.ts';
import { readReceipt } from './run-files.ts';
import { say } from './say.ts';
import { postMissing, postRuns } from './sentences.ts';

const TAR_MS = 60_000;
/** It lies in RAM, and there may be little of it. */
const UNPACKED_CAP_BYTES = 256 * 1024 * 1024;

/** What our own workload does, in this process. True: it came to its end. */
export type OwnWork = () => Promise<boolean>;

/**
 * Unpacks the workload and runs it to its end, however long that takes: it may wait for the master. Where it is the program that runs already, which it
 * nearly always is, `own` is called and no second one started. Never throws; what went wrong is said, and whether there is a receipt shows if it worked. Gives
 * the directory in which that would be.
 */
export async function runPost(archive: Buffer, deps: PeerDeps, own: OwnWork): Promise<string> {
  try {
    const directory = join(deps.runDirectory, 'post');
    await unpackPost(archive, directory, deps);
    say(deps.log, postRuns(archive.length));
    const { exitCode, signal, runDirectory } = await runUnpacked(directory, deps, own);
    if ((await readReceipt(runDirectory)) !== undefined) return runDirectory;
    const how = signal ?? `exit code ${exitCode ?? 'none'}`;
    say(deps.log, postMissing(`the workload of the master ended without a receipt (${how})`));
  } catch (error) {
    say(deps.log, postMissing(messageOf(error)));
  }
  return deps.runDirectory;
}

/** What is not our own program may do what it likes, as on every peer: where we are not root, the warden has it run as root. */
async function runUnpacked(directory: string, deps: PeerDeps, own: OwnWork): Promise<ChildExit & { runDirectory: string }> {
  const onLine = (line: string): void => deps.log.info(line);
  const entry = join(directory, 'run');
  const isBuiltIn = (await readOrUndefined(entry))?.toString('utf8') === BUILT_IN_RUN;
  if (deps.warden !== undefined && !isBuiltIn) return deps.warden.runWorkload(onLine);
  if (isBuiltIn && (await isOwnProgram(directory, deps))) {
    const isDone = await own();
    return { exitCode: isDone ? 0 : 1, signal: undefined, runDirectory: deps.runDirectory };
  }
  const child = deps.startChild([entry], { cwd: directory, environment: environmentOf(deps), onLine });
  return { ...(await child.exited), runDirectory: deps.runDirectory };
}

async function isOwnProgram(directory: string, { program }: PeerDeps): Promise<boolean> {
  const own = program === undefined ? undefined : await readOrUndefined(program);
  const theirs = own === undefined ? undefined : await readOrUndefined(join(directory, POST_PROGRAM));
  return own !== undefined && theirs !== undefined && own.equals(theirs);
}

/** @throws ReconError `body-malformed`, `command-failed` */
async function unpackPost(archive: Buffer, directory: string, { run }: PeerDeps): Promise<void> {
  const tar = await promisify(gunzip)(archive, { maxOutputLength: UNPACKED_CAP_BYTES }).catch((cause: unknown) => {
    throw new ReconError('body-malformed', `post.tgz cannot be unpacked: ${messageOf(cause)}`, { cause });
  });
  const listing = await run(['tar', '--list', '--verbose', '--numeric-owner', '--quoting-style=escape', '--file=-'], {
    timeoutMs: TAR_MS,
    input: tar,
  });
  if (listing.status !== 'ok') throw commandError(listing);
  checkedMembers(listing.stdout.toString('utf8'));
  await removePath(directory);
  await makeDirectory(directory);
  const owner = ['--no-same-owner', '--no-same-permissions', '--keep-old-files'];
  const unpacked = await run(['tar', '--extract', ...owner, `--directory=${directory}`, '--file=-'], { timeoutMs: TAR_MS, input: tar });
  if (unpacked.status !== 'ok') throw commandError(unpacked);
}
