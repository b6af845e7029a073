import { findTouchedDisks } from '../checks/disks-untouched.ts';
import type { PreparedDisk } from '../hardware/disk-images.ts';
import { type Bench, startMachine } from '../machine/start-machine.ts';
import type { VirtualMachine } from '../machine/virtual-machine.ts';
import type { LabMachine } from '../plan/lab-plan.ts';

/** The firmware of a start, and what the console must say until it is over. */
export interface UefiStart {
  secureBoot: boolean;
  /** tells its files apart */
  run: string;
  /** the line at which it is over */
  until: RegExp;
}

/**
 * The same disk under firmware that checks signatures and under firmware that does not. One way goes on to the first word of a master, by which all
 * of the chain has passed: shim, GRUB, kernel, initrd, root. The other ends where it no longer differs from a start by BIOS.
 */
export const UEFI_STARTS: readonly UefiStart[] = [
  { secureBoot: false, run: '-by-uefi', until: /secureboot: Secure boot/ },
  { secureBoot: true, run: '-by-secure-boot', until: /^recon master:/ },
];

const START_MS = 20 * 60_000;
/** What the kernel says of the state in its first lines (kernel, drivers/firmware/efi/secureboot.c and security/lockdown). */
const IS_ON = /secureboot: Secure boot enabled|locked down from EFI Secure Boot/;

export interface UefiRoom {
  bench: Bench;
  machine: LabMachine;
  chosen: PreparedDisk['disk'];
  others: readonly PreparedDisk[];
}

/**
 * Starts the machine from the installed disk by UEFI, without the stick, and switches it off hard once it has said enough. Gives findings.
 * @throws ReconError `lab-failed` when it does not come as far
 */
export async function startByUefi(
  { bench, machine, chosen, others }: UefiRoom,
  { secureBoot, run, until }: UefiStart,
  say: (text: string) => void,
): Promise<string[]> {
  const onLine = (line: string): void => {
    if (/^BdsDxe: (starting|failed)|Linux version|secureboot:|^recon master:/i.test(line)) say(line.slice(0, 110));
  };
  const subject: LabMachine = { ...machine, firmware: 'uefi', secureBoot };
  await using vm = await startMachine(bench, subject, { kind: 'disk', id: chosen.id }, { run, onLine });
  await vm.waitForLine(until, START_MS);
  return [...findWrongState(vm, secureBoot), ...(await findTouchedDisks(vm.name, vm.qmp, others))];
}

/** That the firmware did check, or did not, is told by the kernel: from a disk that starts without keys nothing follows for one with. */
export function findWrongState({ name, console }: Pick<VirtualMachine, 'name' | 'console'>, secureBoot: boolean): string[] {
  const isOn = console.some(({ text }) => IS_ON.test(text));
  return isOn === secureBoot ? [] : [`${name}: Secure Boot was ${isOn ? 'on' : 'off'} in this start`];
}
