import { join } from 'node:path';
import { PATHS } from '../domain/api.ts';
import { firstBytes } from '../platform/archive/decrypted-file.ts';
import type { WorkDirectory } from '../platform/files/work-directory.ts';
import type { NetworkNamespace } from '../platform/network/network-namespace.ts';
import { run } from '../platform/process/command.ts';
import { waitFor } from '../platform/process/wait-for.ts';
import { findTarballMismatches } from './checks/tarball-matches-plan.ts';
import type { VirtualMachine } from './machine/virtual-machine.ts';
import { askForNodes } from './network/node-list.ts';
import type { LabMachine } from './plan/lab-plan.ts';
import { readTarball } from './stick/read-tarball.ts';

const NO_DATA_PARTITION = /no data partition/i;
const CURL = ['curl', '--silent', '--show-error', '--fail', '--max-time', '60'] as const;

/**
 * What is wrong with a master that booted from a medium that cannot be written: it must say so, and hand out the tarball with its own
 * record by HTTP. The machine has said that it is ready.
 */
export async function findRamStorageTrouble(input: {
  vm: VirtualMachine;
  machine: LabMachine;
  namespace: NetworkNamespace;
  masterAddress: string;
  work: WorkDirectory;
  timeoutMs: number;
  /** the image was built with a key, whose other half is not here */
  isEncrypted: boolean;
}): Promise<string[]> {
  const { vm, machine, namespace, masterAddress, work, timeoutMs, isEncrypted } = input;
  const findings = vm.console.some((line) => NO_DATA_PARTITION.test(line.text))
    ? []
    : ['the master on a CD does not say that it has no data partition'];
  // the tarball is made when somebody asks, of what is there then; a person sees on the screen when the master's own record is
  const hasOwnRecord = async (): Promise<true | undefined> => {
    vm.assertAlive();
    const list = await askForNodes(namespace, masterAddress);
    return list?.nodes.some((node) => node.isMaster && node.hasReceipt) === true ? true : undefined;
  };
  if ((await waitFor(hasOwnRecord, { timeoutMs, pauseMs: 2000 })) === undefined) {
    return [...findings, 'the master on a CD has no record of itself'];
  }
  const base = `http://${masterAddress}${PATHS.export}`;
  const look = async (): Promise<string | undefined> => {
    vm.assertAlive();
    const listing = await run(namespace.inside([...CURL, base]), { timeoutMs: 70_000 });
    return listing.status === 'ok' ? /recon-[A-Za-z0-9._-]+\.tar\.gz(\.age)?/.exec(listing.stdout.toString('utf8'))?.[0] : undefined;
  };
  const name = await waitFor(look, { timeoutMs, pauseMs: 2000 });
  if (name === undefined) return [...findings, `the master on a CD offers no tarball at ${base}`];
  const directory = await work.subdirectory('cd');
  const fetched = await run(namespace.inside([...CURL, '--output', join(directory, name), `${base}${name}`]), { timeoutMs: 70_000 });
  if (fetched.status !== 'ok') return [...findings, `${base}${name} cannot be fetched: ${fetched.stderr.toString('utf8').trim()}`];
  if (isEncrypted !== ((await firstBytes(join(directory, name))) === 'age'))
    return [
      ...findings,
      `${name} of the master on a CD is ${isEncrypted ? 'not ' : ''}encrypted, although the image has ${isEncrypted ? 'a' : 'no'} key`,
    ];
  if (isEncrypted) return findings;
  const tarball = await readTarball(join(directory, name), await work.subdirectory('cd/tarball'));
  return [...findings, ...findTarballMismatches([machine], tarball).map((one) => `from a CD: ${one}`)];
}
