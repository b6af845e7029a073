import { join } from 'node:path';
import { ReconError } from '../domain/errors.ts';
import { DATA_LABEL, ImageManifest } from '../domain/image.ts';
import { planSegment } from '../domain/network.ts';
import { readOrUndefined, temporaryDirectory } from '../platform/files/files.ts';
import { openWorkDirectory } from '../platform/files/work-directory.ts';
import type { Log } from '../platform/log.ts';
import { createSparseFile, hashImage } from '../platform/machine/disk-image-file.ts';
import { addNamespaceAddress } from '../platform/network/network-namespace.ts';
import { startSteps } from '../platform/steps.ts';
import { findRamStorageTrouble } from './boot-from-cd.ts';
import { findTouchedDisks } from './checks/disks-untouched.ts';
import { findClientTrouble, findForeignCompetition } from './checks/foreign-network.ts';
import { findPowerTrouble } from './checks/power-order.ts';
import { openSealedTarball } from './checks/sealed-tarball.ts';
import { findWritesOutsideData } from './checks/stick-only-data-written.ts';
import { findTarballMismatches } from './checks/tarball-matches-plan.ts';
import { prepareDisks } from './hardware/disk-images.ts';
import type { VmAccelerator } from './machine/accelerator.ts';
import { checkHost } from './machine/check-host.ts';
import { chooseAccelerator } from './machine/choose-accelerator.ts';
import { lastConsoleLines } from './machine/console-text.ts';
import { type Bench, startMachine } from './machine/start-machine.ts';
import { findTouchedTpms, prepareTpms } from './machine/tpm-untouched.ts';
import type { VirtualMachine } from './machine/virtual-machine.ts';
import { runControl, UNGUARDED_ROOT } from './negative-control.ts';
import { createLabNetwork, FOREIGN_SERVER_ADDRESS, type LabNetwork } from './network/lab-network.ts';
import { describeHardware } from './plan/describe-hardware.ts';
import { CONTROL_MACHINE, LAB_PLAN, type LabMachine } from './plan/lab-plan.ts';
import { findUnclearedRecords } from './records-cleared.ts';
import { checkDataFileSystem, takeTarball, writeStick } from './stick/stick.ts';
import { askToClear, findCollectorTrouble, findLoginTrouble, writeStickSettings } from './stick/stick-settings.ts';
import { type RunningPeer, waitUntilUnderWay, watchPeers } from './watch-peers.ts';

export interface LabOptions {
  isoPath: string;
  kernelPath: string;
  initrdPath: string;
  manifestPath: string;
  /** empty or new; removed after success unless `keep` */
  workDir: string;
  keep: boolean;
  /** default: KVM when it works here */
  accel?: VmAccelerator;
  log: Log;
}

const MINUTE_MS = 60_000;
const LIMITS = { masterReadyMs: 15 * MINUTE_MS, peersMs: 20 * MINUTE_MS, powerDownMs: 5 * MINUTE_MS, controlMs: 5 * MINUTE_MS } as const;
const READY = /recon master: ready/i;
const SAFE_TO_PULL = /safe to pull the stick/i;
const STEP_COUNT = 20;
const ACCELERATOR_WORDS = { kvm: 'KVM', tcg: "QEMU's emulation, which takes about a quarter of an hour on two cores" } as const;

/**
 * The rehearsal: a data center of virtual machines in a network namespace of its own, run from the stick to the tarball and
 * checked from outside. Needs root; touches neither the host's network nor its disks.
 * @throws ReconError `lab-failed` with every finding, `infrastructure` when a QEMU was ended by somebody else, `host-unfit`,
 * `not-root`, `disk-full`, `not-writable`
 */
export async function runLab(options: LabOptions): Promise<void> {
  const work = await openWorkDirectory(options.workDir);
  const machines: readonly LabMachine[] = [LAB_PLAN.master, ...LAB_PLAN.peers];
  const { step, elapsed } = startSteps({ log: options.log, total: STEP_COUNT });
  const findings: string[] = [];
  try {
    await using stack = new AsyncDisposableStack();
    const ovmf = await step('check this host', () => checkHost(machines, work.path));
    const { encryptTo } = await step('check the image', () => checkImage(options));
    const sockets = stack.use(await temporaryDirectory('recon-lab-'));
    const accelerator = await step('choose an accelerator', async () => options.accel ?? chooseAccelerator(work.path, sockets.path, ovmf));
    options.log.info(`        the machines run with ${ACCELERATOR_WORDS[accelerator]}`);
    const diskDir = await work.subdirectory('disks');
    const prepared = await step('make disks that must not be touched', () => prepareDisks([...machines, CONTROL_MACHINE], diskDir));
    const stick = await step('write the stick', () => writeStick(options.isoPath, join(diskDir, 'stick.img')));
    const settings = await step('write settings and a collector to the stick', () => writeStickSettings(stick, machines.length, diskDir));
    const network = await step('lay cables, start a foreign DHCP server', () => createLabNetwork(machines, work.path, stack));
    const bench: Bench = { accelerator, ovmf, namespace: network.namespace, workDir: work.path, diskDir, socketDir: sockets.path };

    const tpms = await step('make TPMs that must not be touched', () => prepareTpms(machines, bench));
    for (const machine of machines) options.log.info(`        ${machine.name}: ${describeHardware(machine)}`);

    const fromStick = { kind: 'stick', path: stick.path } as const;
    const master = await step('boot the master from the stick (BIOS)', async (say) => {
      const onLine = relayUntilReady(say);
      const vm = stack.use(await startMachine(bench, LAB_PLAN.master, fromStick, { onLine }));
      await vm.waitForLine(READY, LIMITS.masterReadyMs);
      return vm;
    });
    findings.push(...(await step('ask for an address on the foreign segment', () => askOnForeignSegment(network))));

    const masterAddress = planSegment('', 0).address;
    // only now: before the master is ready, any frame of ours would be a reason for it not to serve
    await addNamespaceAddress(network.namespace, 'lab', `${masterAddress.replace(/\d+\.\d+$/, '255.254')}/16`);
    const { peers, watched } = await step('boot the peers from the network', async (say) => {
      const running: RunningPeer[] = [];
      for (const machine of LAB_PLAN.peers) {
        const peer = { machine, vm: stack.use(await startMachine(bench, machine, { kind: 'network' })) };
        running.push(peer);
        say(`${machine.name} is switched on`);
        await waitUntilUnderWay(network.namespace, masterAddress, peer);
      }
      const input = { namespace: network.namespace, masterAddress, master, timeoutMs: LIMITS.peersMs };
      return { peers: running, watched: await watchPeers(input, running, say) };
    });
    findings.push(
      ...watched.unfinished.map(
        ({ machine, vm }) => `${machine.name} did not finish; its console ends with:\n${lastConsoleLines(vm.console, 12)}`,
      ),
    );
    findings.push(...(await findLoginTrouble(LAB_PLAN.master.name, masterAddress, network.namespace, settings)));
    for (const { machine, address } of watched.staying)
      findings.push(...(await findLoginTrouble(machine.name, address, network.namespace, settings)));
    findings.push(...(await step('ask on the foreign segment again', () => askOnForeignSegment(network))));

    findings.push(...(await step('power the master down', () => powerDown(master))));
    findings.push(
      ...(await step('compare disks and write counters', async () => {
        const touched = [await findTouchedDisks(LAB_PLAN.master.name, master.qmp, prepared)];
        for (const { machine, vm } of peers) touched.push(await findTouchedDisks(machine.name, vm.qmp, prepared));
        return touched.flat();
      })),
    );
    const { identityPath } = settings;
    const tarball = await step('decrypt the tarball, compare its code with the screen, and it with the machines', async () => {
      const { console } = master;
      const content = await openSealedTarball(await takeTarball(stick, work.path), {
        identityPath,
        console,
        directory: await work.subdirectory('tarball'),
      });
      const power = peers.map(({ machine, vm }) => ({ machine, offAtMs: vm.offAtMs(), console: vm.console.map((line) => line.text) }));
      findings.push(
        ...findTarballMismatches(machines, content),
        ...findCollectorTrouble(content, settings),
        ...findPowerTrouble(power, content.ledger, watched.clockOffsetMs),
      );
      return content;
    });
    for (const { vm } of peers) await vm[Symbol.asyncDispose]();
    await master[Symbol.asyncDispose]();
    findings.push(...(await step('compare the TPMs', () => findTouchedTpms(tpms))));

    await step('boot the same stick under UEFI, and let it clear what can be read', async (say) => {
      await askToClear(stick, diskDir);
      const start = { run: '-uefi', onLine: relayUntilReady(say) };
      await using vm = await startMachine(bench, { ...LAB_PLAN.master, firmware: 'uefi' }, fromStick, start);
      await vm.waitForLine(READY, LIMITS.masterReadyMs);
      findings.push(...(await powerDown(vm)), ...(await findTouchedDisks(LAB_PLAN.master.name, vm.qmp, prepared)));
      const { console } = vm;
      findings.push(...(await findUnclearedRecords({ stick, machines, before: tarball, identityPath, console, work })));
    });
    await step('boot the image from a CD, which cannot be written', async (say) => {
      const start = { run: '-cd', onLine: relayUntilReady(say) };
      const machine = LAB_PLAN.master;
      await using vm = await startMachine(bench, machine, { kind: 'cd', path: options.isoPath }, start);
      await vm.waitForLine(READY, LIMITS.masterReadyMs);
      findings.push(
        ...(await findRamStorageTrouble({
          ...{ vm, machine, namespace: network.namespace, masterAddress, work, timeoutMs: LIMITS.controlMs },
          isEncrypted: encryptTo !== undefined,
        })),
      );
    });
    findings.push(
      ...(await step(`look for writes to the stick outside ${DATA_LABEL}, and for foreign DHCP answers`, async () => {
        const zeroPath = join(diskDir, 'zero.img');
        await createSparseFile(zeroPath, 1024 ** 3);
        const capture = await readOrUndefined(network.capturePath('foreign'));
        const trouble = await checkDataFileSystem(stick, diskDir);
        return [
          ...(await findWritesOutsideData(stick, zeroPath)),
          ...(trouble === undefined ? [] : [`${DATA_LABEL} is not clean: ${trouble}`]),
          ...findForeignCompetition(capture ?? Buffer.alloc(0), network.foreignServerMac),
        ];
      })),
    );
    await step('control: a machine without protection must be caught', async (say) => {
      const images = { kernelPath: options.kernelPath, initrdPath: options.initrdPath };
      const input = { control: UNGUARDED_ROOT, machine: CONTROL_MACHINE, images, prepared, work, timeoutMs: LIMITS.controlMs };
      const caught = await runControl(bench, input);
      for (const one of caught) say(`caught: ${one}`);
      if (caught.length === 0) findings.push('the check of disks did not catch an unprotected machine: it proves nothing');
    });
    if (findings.length > 0) throw new ReconError('lab-failed', `the rehearsal found:\n${findings.map((one) => `  - ${one}`).join('\n')}`);
  } catch (error) {
    options.log.warn(`consoles, captures and disks of the rehearsal are kept in ${work.path}`);
    throw error;
  }
  options.log.info(`the rehearsal passed in ${elapsed()}`);
  if (!options.keep) await work.remove();
}

/** The ISO must be the one that the manifest describes; else nothing that follows means anything. */
async function checkImage(options: LabOptions): Promise<ImageManifest> {
  const text = await readOrUndefined(options.manifestPath);
  if (text === undefined) {
    throw new ReconError('not-an-image', `there is no ${options.manifestPath}`, {
      hint: 'build the image first: make-recipe-target <recipe> target',
    });
  }
  const manifest = ImageManifest.parse(JSON.parse(text.toString('utf8')));
  const { files } = manifest;
  const sha256 = await hashImage(options.isoPath);
  if (files.iso !== undefined && files.iso.sha256 !== sha256) {
    throw new ReconError('hash-mismatch', `${options.isoPath} is not the image of ${options.manifestPath}`, {
      hint: 'build the image again',
    });
  }
  return manifest;
}

/** What the master says of itself while it starts: kernel, system, and recon's own words. */
function relayUntilReady(say: (text: string) => void): (line: string) => void {
  let ready = false;
  return (line) => {
    if (!ready && /Linux version|^recon master:/.test(line)) say(line.replace(/^\[ *[\d.]+\] */, '').slice(0, 110));
    ready ||= READY.test(line);
  };
}

/** Two clients, one that wants to boot from the network and one that does not, on the segment that has a server. */
async function askOnForeignSegment(network: LabNetwork): Promise<string[]> {
  const ordinary = await network.askForAddress('52:54:00:77:f0:01');
  const booting = await network.askForAddress('52:54:00:77:f0:02', 'PXEClient:Arch:00000:UNDI:002001');
  return [
    ...findClientTrouble('an ordinary client', ordinary, FOREIGN_SERVER_ADDRESS),
    ...findClientTrouble('a network-boot client', booting, FOREIGN_SERVER_ADDRESS),
  ];
}

/** The power button, as a person presses it. Gives findings. */
async function powerDown(vm: VirtualMachine): Promise<string[]> {
  const from = vm.console.length;
  await vm.qmp.execute('system_powerdown');
  await vm.waitForOff(LIMITS.powerDownMs);
  if (vm.console.slice(from).some((line) => SAFE_TO_PULL.test(line.text))) return [];
  return [
    `${vm.name} went off without saying that it is safe to pull the stick; its console ends with:\n${lastConsoleLines(vm.console, 12)}`,
  ];
}
