import { definedOnly } from '../../domain/values/defined-only.ts';
import { temporaryDirectory } from '../../platform/files/files.ts';
import type { WorkDirectory } from '../../platform/files/work-directory.ts';
import { type PreparedDisk, prepareDisks } from '../hardware/disk-images.ts';
import type { VmAccelerator } from '../machine/accelerator.ts';
import { checkHost } from '../machine/check-host.ts';
import { chooseAccelerator } from '../machine/choose-accelerator.ts';
import { type Bench, startMachine } from '../machine/start-machine.ts';
import type { VirtualMachine } from '../machine/virtual-machine.ts';
import type { LabRun } from '../set-up.ts';
import { addRootForms, type RootForms } from './build-root-forms.ts';
import { type PoolFolder, writeLabPool } from './folder.ts';
import { type HeadProcess, startHeadProcess } from './head-process.ts';
import { HEAD, NODES, type PoolLabNode, poolMachine } from './plan.ts';
import { createPoolRoom, type PoolRoom } from './room.ts';
import { setUpServer } from './set-up-server.ts';

export interface PoolLabInput {
  /** the folder of images; the newest versions are rehearsed */
  images: string;
  /** boot loaders of the distribution */
  loaders: string;
  /** the checkout, whose head is started */
  repository: string;
  accel: VmAccelerator | undefined;
  play: PoolPlay;
  work: WorkDirectory;
}

/**
 * What is rehearsed. `short`: one node and the controls that need no second boot of it. `forms`: compute unpacked in RAM, and out of its ramdisk. `server`:
 * the head is a machine of its own, and installed as a person installs it.
 */
export type PoolPlay = 'short' | 'long' | 'forms' | 'server';

/** A pool that serves, and what the rehearsal does with its machines. */
export interface PoolLab {
  readonly room: PoolRoom;
  readonly folder: PoolFolder;
  /** before the machines were switched on */
  readonly disks: readonly PreparedDisk[];
  /** for what a step leaves behind */
  readonly workDir: string;
  /** only of the play of this name */
  readonly forms?: RootForms;
  /** on the public side */
  readonly peoplePort: number;
  /** another one after the first was killed */
  head: HeadProcess;
  /** starts the head anew, with what the one before has left */
  restartHead(): Promise<void>;
  /** switches a node on, from the network; it ends with the rehearsal, or before */
  powerOn(node: PoolLabNode, run?: string): Promise<VirtualMachine>;
}

/** @throws ReconError `not-root`, `host-unfit`, `disk-full`, `not-found` without images, `lab-failed` when the head does not serve */
export async function setUpPool(input: PoolLabInput, { step, log, stack }: LabRun): Promise<PoolLab> {
  const { work, repository } = input;
  const hasServer = input.play === 'server';
  const workDir = work.path;
  const ovmf = await step('check this host', () => checkHost(Object.values(NODES).map(poolMachine), workDir));
  const socketDir = stack.use(await temporaryDirectory('recon-pool-')).path;
  const accelerator = await step('choose an accelerator', async () => input.accel ?? chooseAccelerator(workDir, socketDir, ovmf));
  const places = { path: await work.subdirectory('head'), servedPath: stack.use(await temporaryDirectory('recon-pool-served-')).path };
  const folder = await step('write a pool of two nodes', () => writeLabPool(places, input));
  for (const { name, version } of [folder.compute, folder.failsafe]) log.info(`        ${name}@${version}`);
  const forms =
    input.play === 'forms'
      ? await step('build compute with its root as a tarball', () => addRootForms(folder, repository, log))
      : undefined;
  const disks = await prepareDisks(Object.values(NODES).map(poolMachine), workDir);
  const room = await step('lay cables', () => createPoolRoom(workDir, stack, hasServer));
  const bench: Bench = { ...{ accelerator, ovmf, workDir, socketDir }, namespace: room.hub, diskDir: workDir };
  const start = hasServer
    ? await setUpServer({ bench, room, folder, repository, work }, { step, stack })
    : (): Promise<HeadProcess> => startHeadProcess(room, { ...places, repository });
  const head = await step(hasServer ? 'the service of the head comes up' : 'start the head node: recon head serve', start);
  const lab: PoolLab = {
    ...{ room, folder, disks, workDir, head, ...definedOnly({ forms }), peoplePort: hasServer ? 443 : HEAD.peoplePort },
    restartHead: async () => {
      lab.head = await start();
    },
    powerOn: async (node, run = '') =>
      stack.use(await startMachine(bench, poolMachine(node), { kind: 'network' }, { run, isHeadless: true })),
  };
  stack.defer(async () => lab.head[Symbol.asyncDispose]());
  return lab;
}
