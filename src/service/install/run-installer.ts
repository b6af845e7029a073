import { randomBytes } from 'node:crypto';
import { neededBytes, SECTOR_BYTES } from '../../builder/disk/disk-plan.ts';
import { type CopyProgress, writeDisk } from '../../builder/disk/write-disk.ts';
import { ReconError } from '../../domain/errors.ts';
import type { ImageManifest } from '../../domain/image.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import { makeDirectory } from '../../platform/files/directories.ts';
import type { Log } from '../../platform/log.ts';
import { MACHINE_CONSOLES, openConsoles } from '../../platform/machine/consoles.ts';
import { readImageHead } from '../../platform/machine/disk-image-file.ts';
import { runOk } from '../../platform/process/command.ts';
import { closeGuard, openGuard } from '../stick/writable-disk.ts';
import { askForDisk } from './ask-for-disk.ts';
import type { OfferedDisk } from './disks.ts';
import { doneLines, greetingLines, progressLine } from './install-text.ts';
import { lookForDisks } from './look-for-disks.ts';
import { typedLines } from './typed-lines.ts';

const WORK_DIRECTORY = '/run/recon/install';

export interface InstallerInput {
  /** the medium we booted from, for example `/dev/sda1` */
  bootDevice: string;
  manifest: ImageManifest;
  signal: AbortSignal;
  log: Log;
  /** breaks text for a console of 80 columns */
  wrap: (text: string) => string[];
}

/**
 * The install mode: asks which disk at every console, copies the boot medium onto that one, and asks what then. No network, no role. Resolves after
 * `signal`.
 */
export async function runInstaller({ bootDevice, manifest, signal, log, wrap }: InstallerInput): Promise<void> {
  // what a start before this one has left open
  await closeGuard();
  const consoles = await openConsoles(MACHINE_CONSOLES);
  using lines = typedLines(MACHINE_CONSOLES, signal);
  const say = (...texts: string[]): void => {
    for (const text of texts) log.info(text);
    consoles.write(texts.map((text) => `${wrap(text).join('\n')}\n`).join(''));
  };
  for (let greeted = false; !signal.aborted; greeted = true) {
    const disks = await lookForDisks(bootDevice);
    if (!disks.known)
      throw new ReconError('not-an-image', `nothing can be installed: ${disks.reason}`, {
        hint: 'start again, with the stick in another port',
      });
    const source = `/dev/${disks.bootDisk}`;
    const needed = neededBytes(await readImageHead(source, SECTOR_BYTES));
    if (needed === undefined)
      throw new ReconError('not-an-image', `${source} has not the partitions of a Recon medium: nothing can be copied from it`);
    if (!greeted) say(...greetingLines(manifest.version, disks.bootDisk));
    const asked = await askForDisk(disks.disks, needed, { say, next: lines.next });
    if (asked.what === 'off') return await leave('poweroff', say);
    if (asked.what !== 'install') continue;
    const isDone = await install({ source, disk: asked.disk, manifest, say }).then(
      () => true,
      (error: unknown) => say('', `NOT INSTALLED: ${messageOf(error)}`, ...hintOf(error), ''),
    );
    if (isDone === true) return await askWhatThen(asked.disk, { say, next: lines.next });
  }
}

interface AtConsole {
  say(...texts: string[]): void;
  next(): Promise<string | undefined>;
}

/** The guard is open for this disk, as long as this takes. */
async function install(input: { source: string; disk: OfferedDisk; manifest: ImageManifest; say: AtConsole['say'] }): Promise<void> {
  const { source, disk, manifest, say } = input;
  await makeDirectory(WORK_DIRECTORY);
  await openGuard({ disk: disk.name });
  try {
    await writeDisk({
      ...{ source, target: `/dev/${disk.name}`, targetBytes: disk.sizeBytes, manifest, workDirectory: WORK_DIRECTORY },
      ...{ seed: randomBytes(32), medium: 'disk', entry: 'master', onProgress: tellProgress(say) },
    });
  } finally {
    await closeGuard();
  }
}

/** A line for each tenth. */
function tellProgress(say: AtConsole['say']): CopyProgress {
  let told = '';
  return (what, done) => {
    const line = progressLine(what, done);
    if (line !== told) say(line);
    told = line;
  };
}

async function askWhatThen(disk: OfferedDisk, { say, next }: AtConsole): Promise<void> {
  say('', ...doneLines(disk));
  for (;;) {
    const line = (await next())?.toLowerCase();
    if (line === undefined) return;
    if (line === 'off') return leave('poweroff', say);
    if (line === 'restart') return leave('reboot', say);
    say('Type restart or off.');
  }
}

async function leave(how: 'poweroff' | 'reboot', say: AtConsole['say']): Promise<void> {
  say(how === 'poweroff' ? 'switching off ...' : 'starting anew ...');
  await runOk(['systemctl', how, '--no-block'], { timeoutMs: 30_000 });
}

function hintOf(error: unknown): string[] {
  return error instanceof ReconError && error.hint !== undefined ? [`  try: ${error.hint}`] : [];
}
