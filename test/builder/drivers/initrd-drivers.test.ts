import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  BOOT_CONTROLLERS,
  BOOT_DISK_DRIVERS,
  controllerDenial,
  diskDriverDenial,
  dracutDrivers,
  INITRD_DRIVERS,
  RARE_CONTROLLERS,
} from '../../../src/builder/drivers/initrd-drivers.ts';
import { runOk } from '../../../src/platform/process/command.ts';

test('dracut reads the drivers from its settings, in one list', async () => {
  const said = await runOk(['bash', '-c', `drivers=before; ${dracutDrivers('x86_64')}\necho "$drivers"`], { timeoutMs: 30_000 });
  assert.deepEqual(said.split(/\s+/).filter(Boolean), ['before', ...INITRD_DRIVERS]);
});

test('the denials name each driver of disks, or each of controllers, and no other', () => {
  const denied = (text: string): string[] => text.trim().split('\n').slice(1);
  const controllers = [...BOOT_CONTROLLERS, ...RARE_CONTROLLERS];
  assert.deepEqual(
    denied(diskDriverDenial()),
    [...BOOT_DISK_DRIVERS, ...controllers].map((name) => `blacklist ${name}`),
  );
  assert.deepEqual(
    denied(controllerDenial()),
    controllers.map((name) => `blacklist ${name}`),
  );
});
