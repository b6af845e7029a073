import type { VirtualMachine } from './virtual-machine.ts';

/** How often each machine was reset, by its name. */
export type Resets = Map<string, number>;

/**
 * Resets a machine whose firmware has given up every way to boot, as a person would who stands before it; at most three times, counted in `resets`.
 * Gives whether it did. An emulated machine's clock goes on while it waits for a processor of the host, so its firmware can give up before
 * the answer that is on its way was read: HTTP Boot waits for five seconds (NetworkPkg, PcdHttpIoTimeout).
 */
export async function bootAgain(vm: Pick<VirtualMachine, 'name' | 'console' | 'qmp'>, resets: Resets): Promise<boolean> {
  const before = resets.get(vm.name) ?? 0;
  const gaveUp = vm.console.filter((line) => GAVE_UP.test(line.text)).length;
  if (gaveUp <= before || before >= MOST_RESETS) return false;
  resets.set(vm.name, gaveUp);
  await vm.qmp.execute('system_reset');
  return true;
}

const MOST_RESETS = 3;

/** EDK II's boot manager (MdeModulePkg, BdsEntry.c); after this it waits for a key. */
const GAVE_UP = /BdsDxe: No bootable option or device was found/;
