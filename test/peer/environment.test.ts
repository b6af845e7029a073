import assert from 'node:assert/strict';
import test from 'node:test';
import { ReconError } from '../../src/domain/errors.ts';
import { environmentOf, settingsFromEnvironment } from '../../src/peer/environment.ts';

const settings = {
  masterUrl: 'http://10.77.0.1',
  bootMac: '52:54:00:aa:00:01',
  nodePath: '/usr/lib/recon/node',
  tokenFile: '/run/recon/token',
  runDirectory: '/run/recon',
};

test('what the workload gets is what it reads', () => {
  assert.deepEqual(settingsFromEnvironment(environmentOf(settings)), settings);
});

test('a missing or wrong variable is named', () => {
  for (const [name, value] of [
    ['RECON_MASTER_URL', undefined],
    ['RECON_MASTER_URL', 'file:///etc'],
    ['RECON_BOOT_MAC', 'eth0'],
  ] as const) {
    assert.throws(
      () => settingsFromEnvironment({ ...environmentOf(settings), [name]: value }),
      (error) => error instanceof ReconError && error.code === 'usage' && error.message.startsWith(name),
      name,
    );
  }
});
