import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bootAgain } from '../../../src/lab/machine/boot-again.ts';
import type { VirtualMachine } from '../../../src/lab/machine/virtual-machine.ts';

function machineThatSays(...lines: string[]): { vm: Pick<VirtualMachine, 'name' | 'console' | 'qmp'>; executed: string[] } {
  const executed: string[] = [];
  const qmp = { execute: async (command: string) => void executed.push(command), close: () => {} } as unknown as VirtualMachine['qmp'];
  return { vm: { name: 'peer', console: lines.map((text) => ({ atMs: 0, text })), qmp }, executed };
}

test('a machine whose firmware has given up is reset, and not a second time', async () => {
  const { vm, executed } = machineThatSays('>>Start HTTP Boot over IPv4.', 'BdsDxe: No bootable option or device was found.');
  const again = new Set<string>();
  assert.equal(await bootAgain(vm, again), true);
  assert.equal(await bootAgain(vm, again), false);
  assert.deepEqual(executed, ['system_reset']);
});

test('one that still tries is left alone', async () => {
  const { vm, executed } = machineThatSays('>>Start HTTP Boot over IPv4.', 'BdsDxe: failed to load Boot0001 "UEFI HTTPv4": Not Found');
  assert.equal(await bootAgain(vm, new Set()), false);
  assert.deepEqual(executed, []);
});
