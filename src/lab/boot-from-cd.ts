import { basename, join } from 'node:path';
import { PATHS } from '../domain/api.ts';
import { firstBytes } from '../platform/archive/decrypted-file.ts';
import type { NetworkNamespace } from '../platform/network/network-namespace.ts';
import { run } from '../platform/process/command.ts';
import { waitFor } from '../platform/process/wait-for.ts';
import { findTarballMismatches } from './checks/tarball-matches-plan.ts';
import type { VirtualMachine } from './machine/virtual-machine.ts';
import { bootMaster, MASTER_ADDRESS } from './master-machine.ts';
import { askForNodes } from './network/node-list.ts';
import { LAB_PLAN } from './plan/lab-plan.ts';
import type { LabSetUp } from './set-up.ts';
import { readTarball } from './stick/read-tarball.ts';

const NO_DATA_PARTITION = /no data partition/i;
const CURL = ['curl', '--silent', '--show-error', '--fail', '--max-time', '60'] as const;
const PATIENCE = { timeoutMs: 5 * 60_000, pauseMs: 2000 } as const;

/**
 * What is wrong with a master that booted from a medium that cannot be written: it must say so, and hand out the tarball with its own
 * record by HTTP.
 */
export async function bootFromCd(
  { bench, image, isEncrypted, work }: Pick<LabSetUp, 'bench' | 'image' | 'isEncrypted' | 'work'>,
  say: (text: string) => void,
): Promise<string[]> {
  await using vm = await bootMaster(bench, { boot: { kind: 'cd', path: image.isoPath }, run: '-cd' }, say);
  const findings = vm.console.some((line) => NO_DATA_PARTITION.test(line.text))
    ? []
    : ['the master on a CD does not say that it has no data partition'];
  // the tarball is made when somebody asks, of what is there then; a person sees on the screen when the master's own record is
  if (!(await hasOwnRecord(vm, bench.namespace))) return [...findings, 'the master on a CD has no record of itself'];
  const taken = await fetchTarball({ vm, address: MASTER_ADDRESS }, bench.namespace, await work.subdirectory('cd'));
  if ('finding' in taken) return [...findings, `the master on a CD: ${taken.finding}`];
  const { path } = taken;
  if (isEncrypted !== ((await firstBytes(path)) === 'age'))
    return [
      ...findings,
      `${basename(path)} of the master on a CD is ${isEncrypted ? 'not ' : ''}encrypted, although the image has ${isEncrypted ? 'a' : 'no'} key`,
    ];
  if (isEncrypted) return findings;
  const tarball = await readTarball(path, await work.subdirectory('cd/tarball'));
  return [...findings, ...findTarballMismatches([LAB_PLAN.master], tarball).map((one) => `from a CD: ${one}`)];
}

async function hasOwnRecord(vm: VirtualMachine, namespace: NetworkNamespace): Promise<boolean> {
  const look = async (): Promise<true | undefined> => {
    vm.assertAlive();
    const list = await askForNodes(namespace, MASTER_ADDRESS);
    return list?.nodes.some((node) => node.isMaster && node.hasReceipt) === true ? true : undefined;
  };
  return (await waitFor(look, PATIENCE)) === true;
}

interface MasterInRam {
  vm: Pick<VirtualMachine, 'assertAlive'>;
  address: string;
}

/** The tarball that a master in RAM hands out, fetched into that directory; what is wrong with it when there is none. */
export async function fetchTarball(
  { vm, address }: MasterInRam,
  namespace: NetworkNamespace,
  directory: string,
): Promise<{ path: string } | { finding: string }> {
  const exportUrl = `http://${address}${PATHS.export}`;
  const name = await tarballName(vm, namespace, exportUrl);
  if (name === undefined) return { finding: `it offers no tarball at ${exportUrl}` };
  const path = join(directory, name);
  const fetched = await run(namespace.inside([...CURL, '--output', path, `${exportUrl}${name}`]), { timeoutMs: 70_000 });
  if (fetched.status === 'ok') return { path };
  return { finding: `${exportUrl}${name} cannot be fetched: ${fetched.stderr.toString('utf8').trim()}` };
}

async function tarballName(vm: MasterInRam['vm'], namespace: NetworkNamespace, exportUrl: string): Promise<string | undefined> {
  const look = async (): Promise<string | undefined> => {
    vm.assertAlive();
    const listing = await run(namespace.inside([...CURL, exportUrl]), { timeoutMs: 70_000 });
    return listing.status === 'ok' ? /recon-[A-Za-z0-9._-]+\.tar\.gz(\.age)?/.exec(listing.stdout.toString('utf8'))?.[0] : undefined;
  };
  return waitFor(look, PATIENCE);
}
