import { join } from 'node:path';
import { findDebianMirror } from '../../builder/image/apt-mirror.ts';
import { aptSources } from '../../builder/image/apt-sources.ts';
import { ReconError } from '../../domain/errors.ts';
import { makeDirectory, namesIn, removePath } from '../../platform/files/directories.ts';
import { exists, readOrUndefined, writeAtomic } from '../../platform/files/files.ts';
import { createSparseFile } from '../../platform/machine/disk-image-file.ts';
import { runOk } from '../../platform/process/command.ts';
import { debianTree } from '../../pool/image/build/debian-tree.ts';
import { cachedStep } from '../../pool/image/build/step-cache.ts';
import { PROGRAM_FILES, PROGRAM_FOLDERS, programPackages } from '../../pool/install/steps/program-parts.ts';
import { HEAD } from './plan.ts';

/** What a person has who is about to make a server a head node: a fresh Debian with network and ssh, and a checkout. */
export interface ServerDisk {
  kernelPath: string;
  initrdPath: string;
}

export interface ServerInput {
  /** the checkout that goes to /opt/recon */
  repository: string;
  /** the folder of the rehearsed pool, with pool/, images/ and key */
  pool: string;
  /** may be written */
  work: string;
  /** the disk that is made */
  path: string;
}

const HALF_HOUR_MS = 1_800_000;
const DISK_BYTES = 6 * 1024 ** 3;
const PACKAGES = [
  ...['systemd-sysv', 'udev', 'dbus', 'kmod', 'iproute2', 'procps', 'openssh-server', 'ca-certificates', 'curl', 'zstd'],
  ...['linux-image-amd64', 'initramfs-tools'],
  // what install would bring itself where a mirror is in reach, which it is not from the rehearsal's networks
  ...['dnsmasq-base', 'ipxe', 'tcpdump', 'socat', 'nftables', 'openssl'],
] as const;
const PUBLIC_NETWORK = `[Match]\nName=eth0\n[Network]\nAddress=${HEAD.publicAddress}/24\n`;

/**
 * Makes a Debian 13 on a disk, with the checkout and the rehearsed pool. Its packages are kept in `builds/` for the next time. Needs root.
 * @throws ReconError `host-unfit` without a mirror, `build-failed`, `command-failed`
 */
export async function makeServerDisk(input: ServerInput, say: (text: string) => void): Promise<ServerDisk> {
  const tree = join(input.work, 'tree');
  await runOk(['cp', '--archive', await packagesTree(input.repository, say), tree], { timeoutMs: HALF_HOUR_MS });
  await configure(tree, input);
  await copyProgram(input.repository, join(tree, 'opt/recon'));
  await placePool(input.pool, tree);
  const boot = await takeKernel(tree, input.work);
  await createSparseFile(input.path, DISK_BYTES);
  await runOk(['mke2fs', '-q', '-t', 'ext4', '-F', '-d', tree, input.path], { timeoutMs: HALF_HOUR_MS });
  await removePath(tree);
  return boot;
}

async function packagesTree(repository: string, say: (text: string) => void): Promise<string> {
  const mirror = process.env['MIRROR'] ?? findDebianMirror(await aptSources());
  if (mirror === undefined)
    throw new ReconError('host-unfit', 'this host has no Debian mirror in its apt sources', { hint: 'name one: MIRROR=http://…' });
  const { signal } = new AbortController();
  const { directory } = await cachedStep({
    ...{ work: join(repository, 'builds/.pool-server'), name: 'server', inputs: [PACKAGES], isFresh: false, signal },
    make: (to) => debianTree({ suite: 'trixie', components: ['main'], packages: PACKAGES, mirror, say, signal }, join(to, 'tree')),
  });
  return join(directory, 'tree');
}

async function configure(tree: string, { pool }: ServerInput): Promise<void> {
  const key = (await readOrUndefined(join(pool, 'key.pub'))) ?? '';
  await makeDirectory(join(tree, 'root/.ssh'));
  await writeAtomic(join(tree, 'root/.ssh/authorized_keys'), key, 0o600);
  await writeAtomic(join(tree, 'etc/hostname'), 'head\n');
  await writeAtomic(join(tree, 'etc/hosts'), '127.0.0.1 localhost head\n');
  await writeAtomic(join(tree, 'etc/fstab'), '/dev/vda / ext4 defaults 0 1\n');
  await writeAtomic(join(tree, 'etc/systemd/network/20-public.network'), PUBLIC_NETWORK);
  await runOk(['chroot', tree, 'systemctl', 'enable', '--quiet', 'systemd-networkd', 'ssh'], { timeoutMs: 60_000 });
}

/** What `recon head install` itself takes of a checkout. */
async function copyProgram(repository: string, to: string): Promise<void> {
  const lock = ((await readOrUndefined(join(repository, 'package-lock.json'))) ?? '').toString();
  const all = [...PROGRAM_FOLDERS, ...PROGRAM_FILES, ...programPackages(lock), 'node_modules/.recon-lock'];
  const there: string[] = [];
  for (const path of all) if (await exists(join(repository, path))) there.push(path);
  await makeDirectory(to);
  await runOk(['sh', '-c', 'cd "$1" && shift && exec cp --recursive --parents --no-dereference "$@"', 'sh', repository, ...there, to], {
    timeoutMs: HALF_HOUR_MS,
  });
}

async function placePool(pool: string, tree: string): Promise<void> {
  for (const [from, to] of [
    ['pool', 'etc/recon/pool'],
    ['images', 'srv/recon/images'],
  ] as const) {
    await makeDirectory(join(tree, to));
    await runOk(['cp', '--recursive', `${join(pool, from)}/.`, join(tree, to)], { timeoutMs: HALF_HOUR_MS });
  }
}

/** The machine has no boot loader: QEMU starts its kernel. */
async function takeKernel(tree: string, work: string): Promise<ServerDisk> {
  const names = await namesIn(join(tree, 'boot'));
  const take = async (prefix: string): Promise<string> => {
    const name = names.find((one) => one.startsWith(prefix));
    if (name === undefined) throw new ReconError('command-failed', `the server's tree has no ${prefix} in /boot`);
    await runOk(['cp', join(tree, 'boot', name), join(work, name)], { timeoutMs: HALF_HOUR_MS });
    return join(work, name);
  };
  return { kernelPath: await take('vmlinuz-'), initrdPath: await take('initrd.img-') };
}
