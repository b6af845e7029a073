import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExportMachine } from '../../../src/report/export/machine.ts';
import { reachableBmcs } from '../../../src/report/export/reachable-bmcs.ts';

async function* machines(...addresses: (string | undefined)[]): AsyncGenerator<ExportMachine> {
  for (const address of addresses)
    yield { name: `n-${address}`, ...(address === undefined ? {} : { bmc: { address, hasOwnAddress: true } }) } as unknown as ExportMachine;
}

test('a BMC with an address of its own making alone is in no list that switches machines', async () => {
  const left: string[] = [];
  const found: string[] = [];
  for await (const { address } of reachableBmcs(machines('10.0.0.7', '169.254.3.254', undefined), (reason) => left.push(reason)))
    found.push(address);
  assert.deepEqual(found, ['10.0.0.7']);
  assert.deepEqual(left, [
    'a BMC has none but an address of its own making (169.254…), which nobody else reaches',
    'a machine has no BMC, or one without an IPv4 address',
  ]);
});
