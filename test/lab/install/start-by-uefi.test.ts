import assert from 'node:assert/strict';
import { it } from 'node:test';
import { findWrongState, UEFI_STARTS } from '../../../src/lab/install/start-by-uefi.ts';

const machine = (...lines: string[]) => ({ name: 'master-by', console: lines.map((text) => ({ atMs: 0, text })) });
const ON = '[    0.000000] secureboot: Secure boot enabled';
const LOCKED = '[    0.000000] Kernel is locked down from EFI Secure Boot; see man kernel_lockdown.7';
const OFF = '[    0.000000] secureboot: Secure boot disabled';

for (const [line, isOn] of [
  [ON, true],
  [LOCKED, true],
  [OFF, false],
  ['[    0.000000] Linux version 6.12.117', false],
] as const) {
  it(`${line}: Secure Boot is ${isOn ? 'on' : 'off'}`, () => {
    assert.deepEqual(findWrongState(machine(line), isOn), []);
    assert.deepEqual(findWrongState(machine(line), !isOn), [`master-by: Secure Boot was ${isOn ? 'on' : 'off'} in this start`]);
  });
}

it('both states are started, and the one that is checked goes on to a word of the master', () => {
  const until = new Map(UEFI_STARTS.map((start) => [start.secureBoot, start.until]));
  assert.ok(until.get(false)?.test(OFF) && until.get(true)?.test('recon master: starts'));
  assert.ok(!until.get(true)?.test(ON), 'the kernel alone is not enough');
});
