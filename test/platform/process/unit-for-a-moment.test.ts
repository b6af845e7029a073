import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandError } from '../../../src/platform/process/command.ts';
import { runInHostMounts } from '../../../src/platform/process/unit-for-a-moment.ts';
import { fakePrograms } from '../../fake-programs.ts';

test('a mount is a unit for a moment, and its failure is told as that of mount', async () => {
  await using programs = await fakePrograms({ 'systemd-run': 'echo "mount: bad superblock" >&2; exit 32' });
  const result = await runInHostMounts(['mount', '-t', 'vfat', '/dev/sdb3', '/run/recon/data'], { timeoutMs: 60_000 });
  assert.deepEqual([result.status, result.exitCode], ['failed', 32]);
  assert.match(
    commandError(result).message,
    /^mount -t vfat \/dev\/sdb3 \/run\/recon\/data failed \(exit code 32\): mount: bad superblock/,
  );
  assert.deepEqual(await programs.calls(), [
    [
      ...['systemd-run', '--quiet', '--wait', '--pipe', '--collect'],
      ...[
        'DefaultDependencies=no',
        'CapabilityBoundingSet=CAP_SYS_ADMIN',
        'SystemCallFilter=@system-service @mount',
        'SystemCallFilter=~@privileged @resources',
        'SystemCallErrorNumber=EPERM',
        'DevicePolicy=closed',
        'ProtectClock=yes',
        'ProtectHostname=yes',
        'DeviceAllow=block-* rw',
        'DeviceAllow=/dev/loop-control rw',
        'PrivateNetwork=yes',
        'PrivateMounts=no',
        'NoNewPrivileges=yes',
        'RestrictAddressFamilies=AF_UNIX',
        'RestrictNamespaces=yes',
        'RestrictRealtime=yes',
        'RestrictSUIDSGID=yes',
        'LockPersonality=yes',
        'MemoryDenyWriteExecute=yes',
        'SystemCallArchitectures=native',
        'IPAddressDeny=any',
        'UMask=0077',
      ].map((property) => `--property=${property}`),
      ...['--', 'mount', '-t', 'vfat', '/dev/sdb3', '/run/recon/data'],
    ],
  ]);
});
