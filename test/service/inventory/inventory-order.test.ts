import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { keepInventoryOrder, readInventoryOrder } from '../../../src/service/inventory/inventory-order.ts';

test('the units that capture are told what was brought, in a file of root', async () => {
  await using directory = await temporaryDirectory('recon-order-');
  const path = join(directory.path, 'order.json');
  await assert.rejects(readInventoryOrder(path), { code: 'ENOENT' });
  const order = { toolsDirectory: '/tools', collectorsDirectory: '/collectors', captureMs: 1000, hasBrought: true };
  await keepInventoryOrder(order, path);
  assert.deepEqual(await readInventoryOrder(path), order);
  assert.equal((await stat(path)).mode & 0o777, 0o600);
});
