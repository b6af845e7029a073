import { findCountedWrites, findTouchedDisks, parseBlockStatistics } from '../checks/disks-untouched.ts';
import type { PreparedDisk } from '../hardware/disk-images.ts';
import { STICK_PLUG } from '../machine/qemu-arguments.ts';
import { type Bench, startMachine } from '../machine/start-machine.ts';
import type { VirtualMachine } from '../machine/virtual-machine.ts';
import type { LabMachine } from '../plan/lab-plan.ts';
import type { Stick } from '../stick/stick.ts';

const ASKS = /Type the last four characters/;
const UNKNOWN = /no disk here has a serial number that ends/;
const LAST_QUESTION = /Type erase and press Enter/;
const INSTALLED = /^INSTALLED: /;
const SAYS = /^(copying|reading back|INSTALLED|NOT INSTALLED|CANNOT)/;
const BOOT_MS = 20 * 60_000;
const COPY_MS = 20 * 60_000;
const ANSWER_MS = 3 * 60_000;

export interface InstallTalk {
  bench: Bench;
  machine: LabMachine;
  stick: Stick;
  chosen: PreparedDisk['disk'];
  others: readonly PreparedDisk[];
}

/**
 * Starts the stick, and types what a person types, at the serial console. Until the last word no disk may be written, and then only one.
 * Gives findings.
 * @throws ReconError `lab-failed` when it does not say what it should
 */
export async function installByTalk(
  { bench, machine, stick, chosen, others }: InstallTalk,
  say: (text: string) => void,
): Promise<string[]> {
  const options = { run: '-install', onLine: (line: string) => SAYS.test(line) && say(line.slice(0, 100)) };
  await using vm = await startMachine(bench, machine, { kind: 'stick', path: stick.path }, options);
  await vm.waitForLine(ASKS, BOOT_MS);
  const findings = findListFaults(vm, machine);
  await answer(vm, 'none', UNKNOWN);
  await answer(vm, chosen.serial.slice(-4), LAST_QUESTION);
  const counters = parseBlockStatistics(await vm.qmp.execute('query-blockstats'));
  const disks = [...others, ...others.slice(0, 1).map((one) => ({ ...one, disk: chosen }))];
  findings.push(...findCountedWrites(disks, counters).map((one) => `before the last word was typed, ${one}`));
  await answer(vm, 'erase', INSTALLED, COPY_MS);
  findings.push(...(await findTouchedDisks(machine.name, vm.qmp, others)));
  vm.type('off\r');
  await vm.waitForOff(ANSWER_MS);
  return findings;
}

async function answer(vm: VirtualMachine, word: string, expected: RegExp, timeoutMs = ANSWER_MS): Promise<void> {
  const from = vm.console.length;
  vm.type(`${word}\r`);
  await vm.waitForLine(expected, timeoutMs, from);
}

/** Each disk with its serial number, and not the stick. */
function findListFaults(vm: VirtualMachine, machine: LabMachine): string[] {
  const text = vm.console.map((line) => line.text).join('\n');
  const missing = machine.disks.filter(({ serial }) => !text.includes(`serial ${serial}`));
  return [
    ...missing.map(({ serial }) => `the list lacks the disk ${serial}`),
    ...(text.includes(`serial ${STICK_PLUG.serial}`) ? ['the list offers the stick'] : []),
  ];
}
