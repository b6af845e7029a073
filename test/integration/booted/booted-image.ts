import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { bundleProgram } from '../../../src/bundle/bundle.ts';
import { bootPaths, DATA_LABEL, ISO_PATHS } from '../../../src/domain/image.ts';
import { exists, temporaryDirectory } from '../../../src/platform/files/files.ts';
import { type Child, startChild } from '../../../src/platform/process/child.ts';
import { type Argv, run, runOk } from '../../../src/platform/process/command.ts';
import { MASTER_USER_ID } from '../../../src/service/warden/words.ts';
import { manifestFor } from '../../master/fixture-records.ts';
import { PARTS } from '../fixtures/image-parts.ts';

const LIMIT = { timeoutMs: 120_000 };
const SCREEN_LIMIT_MS = 120_000;
const DATA_UUID = '0badcafe-03';
const CAPABILITIES = ['net_admin', 'net_bind_service', 'net_raw'].map((name) => `+${name}`).join();

/** A stick in a file, and this checkout's programs that boot from it: `recon service`, and `recon master-work` as the user without root. */
export interface BootedImage extends AsyncDisposable {
  root: string;
  /** raw, all of it */
  stick: () => Promise<Buffer>;
  /** resolves with what was on the screen until then */
  screen: (shows: RegExp) => Promise<string>;
  /** at the console */
  type: (word: string) => void;
  /** in the machine */
  inside: (argv: readonly string[]) => Argv;
  /** as systemd does it: the master first */
  powerOff: () => Promise<void>;
  /** copies what lies on the stick into a directory */
  readStick: (directory: string) => Promise<void>;
}

/** `settings`: of recon.yaml. The stick has ext4, which every kernel that runs tests can mount; systemd and lsblk are played. */
export async function bootedImage(settings: string): Promise<BootedImage> {
  await using stack = new AsyncDisposableStack();
  const { path: root } = stack.use(await temporaryDirectory('recon-booted-'));
  await chmod(root, 0o755);
  const image = join(root, 'stick.img');
  await writeFiles(root, { 'data/recon.yaml': settings, cmdline: `recon.data=${DATA_UUID}\n`, 'lib/recon/node': '' });
  await writeFiles(root, liveFiles());
  await bundleProgram(join(import.meta.dirname, '../../..'), join(root, 'lib/recon/recon.cjs'));
  await runOk(['truncate', '--size', '48M', image], LIMIT);
  const owner = `root_owner=${MASTER_USER_ID}:${MASTER_USER_ID}`;
  await runOk(['mkfs.ext4', '-q', '-L', DATA_LABEL, '-E', owner, '-d', join(root, 'data'), image], LIMIT);
  const device = (await runOk(['losetup', '--find', '--show', image], LIMIT)).trim();
  stack.defer(async () => void (await run(['losetup', '--detach', device], LIMIT)));
  await writePrograms(root, device);
  let shown = '';
  const script = join(import.meta.dirname, 'boot-image.sh');
  const machine = startChild(['unshare', '--mount', '--net', '--propagation', 'private', 'sh', script, root, process.execPath, device], {
    onBytes: (bytes) => (shown += Buffer.from(bytes).toString('utf8')),
    onLine: (line) => (shown += `${line}\n`),
  });
  const powerOff = once(() => endInOrder(root, machine));
  stack.defer(powerOff);
  const all = stack.move();
  return {
    root,
    stick: async () => {
      await runOk(['sync'], LIMIT);
      return readFile(image);
    },
    screen: (shows) =>
      patiently(
        async () => (shows.test(shown) ? shown : undefined),
        `${shows} on the screen`,
        () => shown,
      ),
    type: (word) => machine.write(Buffer.from(`${word}\n`)),
    inside: (argv) => ['nsenter', '--target', String(machine.pid), '--net', ...argv] as const,
    powerOff,
    readStick: async (directory) => {
      await mkdir(directory);
      await runOk(['debugfs', '-R', `rdump / ${directory}`, image], LIMIT);
    },
    [Symbol.asyncDispose]: () => all[Symbol.asyncDispose](),
  };
}

function liveFiles(): Record<string, string | Buffer> {
  const { kernel, initrd, rootImage } = PARTS;
  const manifest = {
    ...manifestFor({ kernel: Buffer.from(kernel), initrd: Buffer.from(initrd), rootImage: Buffer.from(rootImage) }),
    builtAt: '2026-01-01T00:00:00Z',
  };
  return {
    [`live/${ISO_PATHS.manifest}`]: JSON.stringify(manifest),
    [`live/${bootPaths().kernel}`]: kernel,
    [`live/${bootPaths().initrd}`]: initrd,
    [`live/${ISO_PATHS.rootImage}`]: rootImage,
    'lib/recon/loaders/undionly.kpxe': 'bios loader',
    'lib/recon/loaders/snponly.efi': 'efi loader',
  };
}

/** What the two programs ask of a system that is not there. */
async function writePrograms(root: string, device: string): Promise<void> {
  const name = device.replace('/dev/', '');
  const found = [
    { name, tran: 'usb', type: 'disk' },
    { name, pkname: name, partuuid: DATA_UUID, label: DATA_LABEL, fstype: 'vfat', type: 'part' },
  ];
  const user = [`--reuid ${MASTER_USER_ID} --regid ${MASTER_USER_ID} --clear-groups --no-new-privs`];
  for (const set of ['inh-caps', 'ambient-caps', 'bounding-set']) user.push(`--${set}=-all,${CAPABILITIES}`);
  const programs = {
    lsblk: `cat <<'END'\n${JSON.stringify({ blockdevices: found })}\nEND`,
    mount: `case "$*" in *vfat*) set -- -t ext4 -o rw,noatime,nosuid,nodev,noexec ${device} /run/recon/data ;; esac\nPATH=$\{PATH#*:} exec mount "$@"`,
    // all are in one namespace of mounts here
    'systemd-run': 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"',
    systemctl: [
      'case "$*" in',
      `*recon-master.service) mkdir -p /run/recon/master && chown ${MASTER_USER_ID}:${MASTER_USER_ID} /run/recon/master`,
      `  setpriv ${user.join(' ')} /usr/lib/recon/node /usr/lib/recon/recon.cjs master-work > ${root}/master.log 2>&1 & echo $! > ${root}/master.pid ;;`,
      '*start*recon-inventory.service) exec /usr/lib/recon/node /usr/lib/recon/recon.cjs capture-part hardware ;;',
      '*is-system-running*) echo stopping ;;',
      'esac',
    ].join('\n'),
  };
  for (const [program, script] of Object.entries(programs)) {
    await writeFiles(root, { [`bin/${program}`]: `#!/bin/sh\n${script}\n` });
    await chmod(join(root, 'bin', program), 0o755);
  }
}

async function endInOrder(root: string, machine: Child): Promise<void> {
  for (const name of ['master.pid', 'screen.pid']) {
    const pid = Number(await readFile(join(root, name), 'utf8').catch(() => '0'));
    if (pid > 0 && (await exists(`/proc/${pid}`))) process.kill(pid);
    if (name === 'master.pid') await patiently(async () => ((await exists(`/proc/${pid}`)) ? undefined : true), 'the end of the master');
  }
  await machine.stop();
}

async function writeFiles(root: string, files: Record<string, string | Buffer>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), content);
  }
}

async function patiently<T>(look: () => Promise<T | undefined>, what: string, said = () => ''): Promise<T> {
  for (let waitedMs = 0; waitedMs < SCREEN_LIMIT_MS; waitedMs += 100) {
    const found = await look();
    if (found !== undefined) return found;
    await delay(100);
  }
  throw new Error(`never came: ${what}\n${said()}`);
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
