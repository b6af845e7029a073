import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bootAgain } from '../../../src/lab/machine/boot-again.ts';
import type { VirtualMachine } from '../../../src/lab/machine/virtual-machine.ts';

const GAVE_UP = 'BdsDxe: No bootable option or device was found.';

function machineThatSays(...lines: string[]): { vm: Pick<VirtualMachine, 'name' | 'console' | 'qmp'>; executed: string[] } {
  const executed: string[] = [];
  const qmp = { execute: async (command: string) => void executed.push(command), close: () => {} } as unknown as VirtualMachine['qmp'];
  return { vm: { name: 'peer', console: lines.map((text) => ({ atMs: 0, text })), qmp }, executed };
}

test('a machine whose firmware has given up is reset each time, but not without end', async () => {
  const { vm, executed } = machineThatSays('>>Start HTTP Boot over IPv4.', GAVE_UP);
  const resets = new Map<string, number>();
  assert.deepEqual([await bootAgain(vm, resets), await bootAgain(vm, resets)], [true, false], 'once for what it has said once');
  const later = [];
  for (let time = 2; time <= 5; time++) {
    (vm.console as { atMs: number; text: string }[]).push({ atMs: 0, text: GAVE_UP });
    later.push(await bootAgain(vm, resets));
  }
  assert.deepEqual(later, [true, true, false, false]);
  assert.deepEqual(executed, ['system_reset', 'system_reset', 'system_reset']);
});

test('one that still tries is left alone', async () => {
  const { vm, executed } = machineThatSays('>>Start HTTP Boot over IPv4.', 'BdsDxe: failed to load Boot0001 "UEFI HTTPv4": Not Found');
  assert.equal(await bootAgain(vm, new Map()), false);
  assert.deepEqual(executed, []);
});
