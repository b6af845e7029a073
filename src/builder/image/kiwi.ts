import { ReconError } from '../../domain/errors.ts';
import { type Argv, run } from '../../platform/process/command.ts';
import { endsWithUs } from '../../platform/process/ends-with-us.ts';
import { isTelling, kiwiFailure } from './kiwi-failure.ts';

export interface KiwiCall {
  /** runs a program where KIWI is: empty on a host that has it */
  prefix: readonly string[];
  profiles: readonly string[];
  /** for an image of another architecture than this host's: its name in KIWI, and where programs are looked for first */
  foreign?: { machine: string; path: string };
  cacheDirectory: string;
  temporaryDirectory: string;
  /** so that the same inputs give the same bytes (kiwi-luck.ts) */
  luck: Readonly<Record<string, string>>;
  onLine: (line: string) => void;
}

const LONGEST_MINUTES = 40;
/** Each program of the image is emulated, packing and unpacking among them. */
const LONGEST_EMULATED_MINUTES = 6 * 60;

/** Packages, overlay and config.sh into a root tree. */
export async function kiwiPrepare(call: KiwiCall, options: { description: string; root: string }): Promise<void> {
  await kiwi(call, ['system', 'prepare', '--description', options.description, '--root', options.root]);
}

/** A root tree into the ISO. */
export async function kiwiCreate(call: KiwiCall, options: { root: string; target: string }): Promise<void> {
  await kiwi(call, ['system', 'create', '--root', options.root, '--target-dir', options.target]);
}

/**
 * The command line of one KIWI call. It ends with us: a KIWI that goes on after its build was killed would write into the next one. Its mounts are
 * its own: a process elsewhere that holds a copy would keep the root image mounted after KIWI's umount, and KIWI would then copy an unflushed
 * file system.
 */
export function kiwiArgv(call: Omit<KiwiCall, 'onLine' | 'luck'>, words: readonly string[]): Argv {
  return endsWithUs([
    ...call.prefix,
    ...(call.foreign === undefined ? [] : ['env', `PATH=${call.foreign.path}`]),
    'kiwi-ng',
    ...(call.foreign === undefined ? [] : ['--target-arch', call.foreign.machine]),
    ...call.profiles.flatMap((profile) => ['--profile', profile]),
    '--type',
    'iso',
    '--shared-cache-dir',
    call.cacheDirectory,
    '--temp-dir',
    call.temporaryDirectory,
    '--debug',
    ...words,
  ]);
}

async function kiwi(call: KiwiCall, words: readonly string[]): Promise<void> {
  const minutes = call.foreign === undefined ? LONGEST_MINUTES : LONGEST_EMULATED_MINUTES;
  const last: string[] = [];
  const telling: string[] = [];
  const result = await run(kiwiArgv(call, words), {
    timeoutMs: minutes * 60_000,
    // Debian's kernel package would make an initrd of its own, which KIWI throws away
    environment: { ...call.luck, INITRD: 'No', DEBIAN_FRONTEND: 'noninteractive' },
    onLine: (line) => {
      call.onLine(line);
      if (isTelling(line)) telling.push(line);
      if (/ERROR|Error|^E: /.test(line)) last.push(line);
    },
  });
  if (result.status !== 'ok') {
    const called = `kiwi-ng ${words.slice(0, 2).join(' ')}`;
    const how = result.status === 'timeout' ? `took longer than ${minutes} minutes` : `failed with exit code ${result.exitCode}`;
    const known = kiwiFailure(telling);
    if (known !== undefined)
      throw new ReconError(known.code, `${known.message} (${called} ${how})`, { hint: `${known.hint}; the whole story is in build.log` });
    const said = last.slice(-6).join('\n');
    throw new ReconError('build-failed', `${called} ${how}${said === '' ? '' : `:\n${said}`}`, {
      hint: 'the whole story is in build.log; a mirror that does not answer is the usual cause',
    });
  }
}

/** What KIWI's log says about progress, in words for a person; undefined for the thousands of other lines. */
export function progressOf(line: string): string | undefined {
  if (/W: Couldn't download package/.test(line)) return 'the mirror does not give all packages';
  const info = /^\[ INFO {4}\]: [0-9:]+ \| (.+)$/.exec(line)?.[1];
  if (info === undefined) return undefined;
  const steps: ReadonlyArray<readonly [RegExp, string]> = [
    [/^Installing bootstrap packages/, 'base system'],
    [/^Installing system \(chroot\)/, 'packages'],
    [/^Copying user defined files/, 'overlay'],
    [/^Calling config.sh/, 'config.sh'],
    [/^Creating live ISO boot image/, 'initrd'],
    [/^--> Syncing data to ext4/, 'root file system'],
    [/^--> Creating squashfs/, 'compressing the root image'],
    [/^Creating live ISO image/, 'ISO'],
  ];
  return steps.find(([pattern]) => pattern.test(info))?.[1];
}
