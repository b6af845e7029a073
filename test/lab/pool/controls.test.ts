import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ReconError } from '../../../src/domain/errors.ts';
import type { VirtualMachine } from '../../../src/lab/machine/virtual-machine.ts';
import { findUnsaid } from '../../../src/lab/pool/controls.ts';

function machine(waitForLine: VirtualMachine['waitForLine']): VirtualMachine {
  return { name: 'node-000', console: [{ atMs: 0, text: 'the last line' }], waitForLine } as unknown as VirtualMachine;
}

test('what is said gives no finding, and what is not is told with the end of the console', async () => {
  assert.deepEqual(
    await findUnsaid(
      machine(async () => ({ atMs: 0, text: 'x' })),
      /x/,
      0,
    ),
    [],
  );
  const silent = machine(() => Promise.reject(new ReconError('lab-failed', 'did not do so')));
  assert.match(
    (await findUnsaid(silent, /held/, 0))[0] ?? '',
    /node-000 should have said \/held\/; its console ends with:\n.*the last line/,
  );
});

test('a QEMU that was ended from outside is no finding about the product', async () => {
  const killed = machine(() => Promise.reject(new ReconError('infrastructure', 'QEMU of node-000 ended by itself (SIGKILL)')));
  await assert.rejects(findUnsaid(killed, /held/, 0), { code: 'infrastructure' });
});
