import { planSegment } from '../domain/network.ts';
import { lastConsoleLines } from './machine/console-text.ts';
import type { BootSource } from './machine/qemu-arguments.ts';
import { type Bench, startMachine } from './machine/start-machine.ts';
import type { VirtualMachine } from './machine/virtual-machine.ts';
import { LAB_PLAN, type LabMachine } from './plan/lab-plan.ts';

/** On the quiet segment, which is the first that it serves. */
export const MASTER_ADDRESS = planSegment('', 0).address;

const READY = /recon master: ready/i;
const SAFE_TO_PULL = /safe to pull the stick/i;
const READY_MS = 15 * 60_000;
const OFF_MS = 5 * 60_000;

interface MasterBoot {
  /** the plan's master when missing */
  machine?: LabMachine;
  boot: BootSource;
  firmware?: LabMachine['firmware'];
  secureBoot?: boolean;
  run?: string;
  readyMs?: number;
}

/**
 * Switches the master on and waits until it serves. `run` tells several boots of it apart.
 * @throws ReconError `lab-failed` when it does not get ready, `infrastructure` when its QEMU ends
 */
export async function bootMaster(
  bench: Bench,
  { machine: planned = LAB_PLAN.master, boot, firmware = planned.firmware, secureBoot = false, run = '', readyMs = READY_MS }: MasterBoot,
  say: (text: string) => void,
): Promise<VirtualMachine> {
  await using starting = new AsyncDisposableStack();
  const machine = { ...planned, firmware, secureBoot };
  const vm = starting.use(await startMachine(bench, machine, boot, { run, onLine: relayUntilReady(say) }));
  await vm.waitForLine(READY, readyMs);
  starting.move();
  return vm;
}

/** What the master says of itself while it starts: kernel, system, and recon's own words. */
function relayUntilReady(say: (text: string) => void): (line: string) => void {
  let ready = false;
  return (line) => {
    if (!ready && /Linux version|^recon master:/.test(line)) say(line.replace(/^\[ *[\d.]+\] */, '').slice(0, 110));
    ready ||= READY.test(line);
  };
}

/**
 * The power button, as a person presses it. Gives findings.
 * @throws ReconError `lab-failed` when it stays on
 */
export async function powerDown(vm: VirtualMachine, offMs = OFF_MS): Promise<string[]> {
  const from = vm.console.length;
  await vm.qmp.execute('system_powerdown');
  await vm.waitForOff(offMs);
  if (vm.console.slice(from).some((line) => SAFE_TO_PULL.test(line.text))) return [];
  return [
    `${vm.name} went off without saying that it is safe to pull the stick; its console ends with:\n${lastConsoleLines(vm.console, 12)}`,
  ];
}
