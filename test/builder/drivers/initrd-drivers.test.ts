import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOOT_DISK_DRIVERS, diskDriverDenial, dracutDrivers, INITRD_DRIVERS } from '../../../src/builder/drivers/initrd-drivers.ts';
import { runOk } from '../../../src/platform/process/command.ts';

test('dracut reads the drivers from its settings, in one list', async () => {
  const said = await runOk(['bash', '-c', `drivers=before; ${dracutDrivers()}\necho "$drivers"`], { timeoutMs: 30_000 });
  assert.deepEqual(said.split(/\s+/).filter(Boolean), ['before', ...INITRD_DRIVERS]);
});

test('the denial names each driver of disks, and no other', () => {
  const lines = diskDriverDenial().trim().split('\n').slice(1);
  assert.deepEqual(
    lines,
    BOOT_DISK_DRIVERS.map((name) => `blacklist ${name}`),
  );
});
