import type { VirtualMachine } from './virtual-machine.ts';

/**
 * Resets a machine whose firmware has given up every way to boot, as a person would who stands before it; once, told by `again`, the names of those
 * that were reset. Gives whether it did. An emulated machine's clock goes on while it waits for a processor of the host, so its firmware can
 * give up before the answer that is on its way was read.
 */
export async function bootAgain(vm: Pick<VirtualMachine, 'name' | 'console' | 'qmp'>, again: Set<string>): Promise<boolean> {
  if (again.has(vm.name) || !vm.console.some((line) => GAVE_UP.test(line.text))) return false;
  again.add(vm.name);
  await vm.qmp.execute('system_reset');
  return true;
}

/** EDK II's boot manager (MdeModulePkg, BdsEntry.c); after this it waits for a key. */
const GAVE_UP = /BdsDxe: No bootable option or device was found/;
