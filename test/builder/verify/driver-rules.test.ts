import assert from 'node:assert/strict';
import { test } from 'node:test';
import { driverFaults, WANTED_DRIVERS } from '../../../src/builder/verify/driver-rules.ts';

const complete = WANTED_DRIVERS.map((name) => `usr/lib/modules/6.12/kernel/drivers/x/${name.replaceAll('_', '-')}.ko.xz`);

test('all wanted drivers, with hyphens or underscores, are no fault', () => {
  assert.deepEqual(driverFaults({ modules: complete, builtIn: [] }, 'x86_64'), []);
});

test('each missing driver is named', () => {
  for (const [index, name] of WANTED_DRIVERS.entries()) {
    assert.deepEqual(driverFaults({ modules: complete.filter((_, at) => at !== index), builtIn: [] }, 'x86_64'), [
      `the image lacks the driver ${name}`,
    ]);
  }
});

test('a desktop driver, or one that assembles disks, is a fault', () => {
  for (const path of [
    'kernel/sound/core/snd.ko.xz',
    'kernel/drivers/gpu/drm/drm.ko',
    'kernel/drivers/net/wireless/ath/ath.ko.zst',
    'kernel/drivers/md/md-mod.ko.xz',
    'kernel/fs/xfs/xfs.ko.xz',
  ]) {
    const faults = driverFaults({ modules: [...complete, `usr/lib/modules/6.12/${path}`], builtIn: [] }, 'x86_64');
    assert.equal(faults.length, 1, path);
    assert.ok(faults[0]?.includes(path));
  }
});

test('what is built into the kernel counts as present, and is not unwanted', () => {
  const [first, ...others] = complete;
  assert.ok(first !== undefined);
  const builtIn = ['kernel/drivers/net/ethernet/intel/e1000e/e1000e.ko', 'kernel/drivers/gpu/buddy.ko'];
  assert.deepEqual(driverFaults({ modules: others, builtIn }, 'x86_64'), []);
});
