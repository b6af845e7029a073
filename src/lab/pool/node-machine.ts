import { ReconError } from '../../domain/errors.ts';
import type { BootedMachine } from '../../domain/pool/api-views.ts';
import type { NetworkNamespace } from '../../platform/network/network-namespace.ts';
import { run } from '../../platform/process/command.ts';
import { waitFor } from '../../platform/process/wait-for.ts';
import { lastConsoleLines } from '../machine/console-text.ts';
import type { VirtualMachine } from '../machine/virtual-machine.ts';
import type { LabImageVersion } from './folder.ts';
import type { HeadProcess } from './head-process.ts';
import type { PoolLabNode } from './plan.ts';

/** A boot under emulation takes minutes, more on a busy host. */
const UP_MS = 20 * 60_000;

/**
 * Waits until a node has said `up` after `sinceMs` (the host's time).
 * @throws ReconError `lab-failed` with the end of its console when it does not, or says that it cannot go on
 */
export async function waitUntilUp(
  head: Pick<HeadProcess, 'node'>,
  { name }: Pick<PoolLabNode, 'name'>,
  vm: VirtualMachine,
  { sinceMs, from }: { sinceMs: number; from: number },
): Promise<BootedMachine> {
  const look = async (): Promise<BootedMachine | 'gave up' | undefined> => {
    vm.assertAlive();
    const { seen } = await head.node(name);
    if (seen?.runsSince !== undefined && Date.parse(seen.runsSince) > sinceMs) return seen;
    return vm.console.slice(from).some(({ text }) => text.includes('recon: Nothing was written to this machine')) ? 'gave up' : undefined;
  };
  const seen = await waitFor(look, { timeoutMs: UP_MS, pauseMs: 3000 });
  if (seen !== undefined && seen !== 'gave up') return seen;
  throw new ReconError('lab-failed', `${name} did not come up; its console ends with:\n${lastConsoleLines(vm.console, 15)}`);
}

/** What runs there now, asked of itself over ssh. */
export interface InsideNode {
  release: string;
  name: string;
  /** of the root that it was told to fetch, and of the one that it has in RAM */
  wantedSha256: string | undefined;
  rootSha256: string | undefined;
  image: string | undefined;
  availableMiB: number;
  /** of systemd, where there is one */
  failedUnits: string[];
}

const QUESTIONS = [
  'uname -r',
  'hostname',
  'cat /proc/cmdline',
  'sed -n "s/^MemAvailable: *\\([0-9]*\\).*/\\1/p" /proc/meminfo',
  'sha256sum /run/recon/layers/root.sqfs 2> /dev/null || echo none',
  'echo $(systemctl --failed --plain --no-legend 2> /dev/null | cut -d" " -f1)',
].join('; ');

/** Logs in by key and looks. @throws ReconError `lab-failed` when it lets nobody in */
export async function lookInside(from: NetworkNamespace, keyPath: string, { name, address }: PoolLabNode): Promise<InsideNode> {
  const text = await onNode(from, keyPath, address, QUESTIONS);
  if (text === undefined) throw new ReconError('lab-failed', `${name} (${address}) does not let the administrator in by key`);
  const [release = '', hostname = '', commandLine = '', availableKib = '0', sum = 'none', failed = ''] = text.split('\n');
  const argument = (word: string): string | undefined => new RegExp(`(?:^| )recon\\.${word}=(\\S+)`).exec(commandLine)?.[1];
  const rootSha256 = sum.startsWith('none') ? undefined : sum.split(' ')[0];
  return {
    ...{ release, name: hostname, image: argument('image'), wantedSha256: argument('sha256'), rootSha256 },
    availableMiB: Math.floor(Number(availableKib) / 1024),
    failedUnits: failed.split(' ').filter((unit) => unit !== ''),
  };
}

const LOGIN_MS = 5 * 60_000;

/** What a command on a node prints; undefined when nobody gets in. A server of ssh may be up a little after the system says so. */
export async function onNode(from: NetworkNamespace, keyPath: string, address: string, command: string): Promise<string | undefined> {
  const options = ['UserKnownHostsFile=/dev/null', 'StrictHostKeyChecking=no', 'BatchMode=yes', 'ConnectTimeout=30', 'IdentityAgent=none'];
  const argv = ['ssh', '-F', '/dev/null', '-i', keyPath, ...options.flatMap((one) => ['-o', one]), `root@${address}`, command] as const;
  const attempt = async (): Promise<string | undefined> => {
    const result = await run(from.inside(argv), { timeoutMs: 120_000 });
    return result.exitCode === undefined || result.exitCode === 255 ? undefined : result.stdout.toString('utf8').trim();
  };
  return waitFor(attempt, { timeoutMs: LOGIN_MS, pauseMs: 3000 });
}

/** Findings: what a node runs is not what it was told to. Pure. */
export function findNodeTrouble(node: PoolLabNode, image: LabImageVersion, seen: BootedMachine, inside: InsideNode): string[] {
  const choice = `${image.name}@${image.version}`;
  // a tarball is told, too, and is no file any more once it is unpacked
  const { 'root.sqfs': squashfs, 'root.tar.zst': tarball } = image.manifest.files;
  const rows: readonly (readonly [what: string, is: string | undefined, should: string | undefined])[] = [
    ['kernel by `up`', seen.kernelRelease, image.manifest.kernelRelease],
    ['kernel', inside.release, image.manifest.kernelRelease],
    ['image', inside.image, choice],
    ['name', inside.name, node.name],
    ['hash of the root that it was told', inside.wantedSha256, (squashfs ?? tarball)?.sha256],
    ['hash of the root in its RAM', inside.rootSha256, squashfs?.sha256],
    ['address', seen.address, node.address],
    ['list of failed units', inside.failedUnits.join(' ') || undefined, undefined],
  ];
  return rows.flatMap(([what, is, should]) =>
    is === should ? [] : [`${node.name}: ${what} is ${is ?? 'nothing'}, and should be ${should ?? 'nothing'}`],
  );
}
