import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { keepInventoryOrder, readInventoryOrder } from '../../../src/service/own/inventory-order.ts';

const visit = { toolsDirectory: '/tools', collectorsDirectory: '/collectors', settings: {}, said: [], mistakes: [] };

test('the unit that takes the inventory is told what the stick says, in a file of root', async () => {
  await using directory = await temporaryDirectory('recon-order-');
  const path = join(directory.path, 'order.json');
  await assert.rejects(readInventoryOrder(path), { code: 'ENOENT' });
  await keepInventoryOrder({ ...visit, workload: { captureMs: 1000, authorizedKey: 'ssh-ed25519 AAAA' } }, path);
  assert.deepEqual(await readInventoryOrder(path), { toolsDirectory: '/tools', collectorsDirectory: '/collectors', captureMs: 1000 });
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  await keepInventoryOrder({ ...visit, workload: {} }, path);
  assert.deepEqual(await readInventoryOrder(path), { toolsDirectory: '/tools', collectorsDirectory: '/collectors' });
});
