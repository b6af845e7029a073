import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { PoolImageManifest } from '../../domain/pool/image-manifest.ts';
import { copyTree, installFile, setMode } from '../../platform/files/build-files.ts';
import { makeDirectory } from '../../platform/files/directories.ts';
import { readOrUndefined, writeAtomic } from '../../platform/files/files.ts';
import { listDirectory } from '../../platform/files/work-directory.ts';
import { runOk } from '../../platform/process/command.ts';
import { HEAD, NODES } from './plan.ts';
import { PRIVATE_INTERFACE } from './room.ts';

/** An image that the rehearsal boots. */
export interface LabImageVersion {
  name: string;
  version: number;
  manifest: PoolImageManifest;
}

/** What the head is started with, and the key that lets a person into the nodes. */
export interface PoolFolder {
  /** below it pool/ and images/, which the head reads */
  path: string;
  /** below it state/ and loaders/, which its dnsmasq reads as a user of its own */
  servedPath: string;
  keyPath: string;
  compute: LabImageVersion;
  failsafe: LabImageVersion;
  /** the profile `odd` with {@link ODD_IMAGE}, as somebody would write it by hand: no assignment is asked, which refuses it */
  oddProfile: { path: string; text: string };
}

/** Kernel and ramdisk of compute, with a root whose modules are of another kernel: the negative control. */
export const ODD_IMAGE = 'other-release';
const ODD_RELEASE = '9.9.9-other';
const IMAGES = { compute: 'compute-debian-13', failsafe: 'failsafe' } as const;
/** Compute once more, without a word on how much memory it needs: only its ramdisk finds out. */
export const UNSTATED_IMAGE = 'unstated-memory';
/** iPXE once more, as the ISO that a node boots. */
const ISO = 'ipxe.iso';
const LOADERS = ['undionly.kpxe', 'snponly.efi'] as const;

/**
 * Writes a pool of two nodes for the newest images of a folder. A checkout may lie where root alone comes to, so what dnsmasq reads lies elsewhere.
 * @throws ReconError `not-found` without the images, `host-unfit` without boot loaders
 */
export async function writeLabPool(
  { path, servedPath }: Pick<PoolFolder, 'path' | 'servedPath'>,
  { images, loaders }: { images: string; loaders: string },
): Promise<PoolFolder> {
  const [compute, failsafe] = [await newest(images, IMAGES.compute), await newest(images, IMAGES.failsafe)];
  for (const folder of ['pool/profiles', 'pool/files/all/root/.ssh', 'pool/files/boot', 'images']) await makeDirectory(join(path, folder));
  await setMode(servedPath, 0o755);
  for (const folder of ['state', 'loaders']) await makeDirectory(join(servedPath, folder));
  for (const { name, version } of [compute, failsafe])
    await copyTree(join(images, name, `${version}`), join(path, 'images', name, `${version}`));
  await writeOddImage(path, compute);
  await writeUnstatedImage(path, compute);
  for (const name of LOADERS) await copyLoader(join(loaders, name), join(servedPath, 'loaders', name));
  await copyLoader(join(loaders, ISO), join(path, 'pool/files/boot', ISO));
  await installFile(join(images, compute.name, `${compute.version}`, 'kernel'), join(path, 'pool/files/boot/kernel'), 0o644);
  await writeAtomic(join(path, 'pool/files/boot/site.ipxe'), "#!ipxe\necho Recon: words of the site's own script\nsleep 5\n");
  const keyPath = join(path, 'key');
  await runOk(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', keyPath], { timeoutMs: 60_000 });
  await writeAtomic(join(path, 'pool/files/all/root/.ssh/authorized_keys'), (await readOrUndefined(`${keyPath}.pub`)) ?? '');
  for (const [file, text] of Object.entries(poolFiles(compute, failsafe))) await writeAtomic(join(path, 'pool', file), text);
  return {
    path,
    servedPath,
    keyPath,
    compute,
    failsafe,
    oddProfile: { path: join(path, 'pool/profiles/odd.yaml'), text: profileOf(`${ODD_IMAGE}@1`) },
  };
}

// an emulated machine on a busy host: limits of systemd and the kernel's judgement of its timer are for real ones
const WORDS =
  "arguments: ['console=ttyS0,115200n8', no_timer_check, norandmaps, systemd.default_timeout_start_sec=600, systemd.default_device_timeout_sec=600]";

function profileOf(image: string): string {
  return `kind: compute\nimage: ${image}\n${WORDS}\n`;
}

function poolFiles(compute: LabImageVersion, failsafe: LabImageVersion): Record<string, string> {
  const node = ({ name, mac, address }: (typeof NODES)[keyof typeof NODES], boot: string): string =>
    `${name}: { macs: ['${mac}'], address: ${address}, boot: ${boot} }\n`;
  return {
    'pool.yaml': `networks: { private: { interface: ${PRIVATE_INTERFACE}, subnet: ${HEAD.subnet}, range: 10.10.200.1-10.10.200.99, domain: cluster.internal } }\n`,
    'nodes.yaml': node(NODES.bios, 'compute') + node(NODES.uefi, 'failsafe'),
    'profiles/compute.yaml': profileOf(`${compute.name}@${compute.version}`),
    'profiles/misfit.yaml': profileOf(`${ODD_IMAGE}@1`),
    'profiles/odd.yaml': profileOf(`${compute.name}@${compute.version}`),
    'profiles/unstated.yaml': profileOf(`${UNSTATED_IMAGE}@1`),
    'profiles/rack.yaml': 'kind: menu\ntitle: Rack 4\ntimeoutSeconds: 3\nitems: [local-disk, compute, failsafe]\ndefault: local-disk\n',
    'profiles/site.yaml': 'kind: script\nscript: boot/site.ipxe\n',
    'profiles/cd.yaml': `kind: iso\niso: boot/${ISO}\n`,
    'profiles/plain.yaml': "kind: linux\nkernel: boot/kernel\narguments: ['console=ttyS0,115200n8', no_timer_check, norandmaps]\n",
    'profiles/failsafe.yaml': `kind: failsafe\nimage: ${failsafe.name}@${failsafe.version}\narguments: ['console=ttyS0,115200n8', no_timer_check, norandmaps]\n`,
  };
}

async function newest(images: string, name: string): Promise<LabImageVersion> {
  const versions = (await listDirectory(join(images, name)).catch(() => [])).map(Number).filter((one) => Number.isSafeInteger(one));
  const version = Math.max(...versions);
  const text = await readOrUndefined(join(images, name, `${version}`, 'manifest.json'));
  if (text !== undefined) return { name, version, manifest: PoolImageManifest.parse(JSON.parse(text.toString('utf8'))) };
  throw new ReconError('not-found', `${images} has no ${name}`, {
    hint: `recon image build ${name}, or name another folder with --images`,
  });
}

async function writeOddImage(path: string, { name, version, manifest }: LabImageVersion): Promise<void> {
  const [tree, to] = [join(path, 'odd'), join(path, 'images', ODD_IMAGE, '1')];
  await makeDirectory(join(tree, 'usr/lib/modules', ODD_RELEASE));
  await copyTree(join(path, 'images', name, `${version}`), to);
  const root = join(to, 'root.sqfs');
  await runOk(['sh', '-c', 'rm -f "$2" && mksquashfs "$1" "$2" -noappend -no-progress -quiet -comp zstd', 'odd', tree, root], {
    timeoutMs: 60_000,
  });
  const [sha256 = ''] = (await runOk(['sha256sum', root], { timeoutMs: 60_000 })).split(' ');
  const sizeBytes = ((await readOrUndefined(root)) ?? '').length;
  const files = { ...manifest.files, 'root.sqfs': { sizeBytes, sha256 } };
  await writeAtomic(join(to, 'manifest.json'), JSON.stringify({ ...manifest, name: ODD_IMAGE, version: 1, files }));
}

async function writeUnstatedImage(path: string, { name, version, manifest }: LabImageVersion): Promise<void> {
  const to = join(path, 'images', UNSTATED_IMAGE, '1');
  await copyTree(join(path, 'images', name, `${version}`), to);
  const { minimumMemoryMiB: _unstated, ...rest } = manifest;
  await writeAtomic(join(to, 'manifest.json'), JSON.stringify({ ...rest, name: UNSTATED_IMAGE, version: 1 }));
}

async function copyLoader(from: string, to: string): Promise<void> {
  const bytes = await readOrUndefined(from);
  if (bytes !== undefined) return writeAtomic(to, bytes);
  throw new ReconError('host-unfit', `there is no ${from}`, {
    hint: 'On Debian: apt-get install ipxe. Or name another folder with --loaders.',
  });
}
