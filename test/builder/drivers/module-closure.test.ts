import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keptModules, linesOfModules, moduleClosure, plainModuleName } from '../../../src/builder/drivers/module-closure.ts';
import { isInSets } from '../../../src/pool/image/build/module-sets.ts';

const DEP = `kernel/drivers/net/virtio_net.ko.xz: kernel/drivers/net/net_failover.ko.xz kernel/net/core/failover.ko.xz
kernel/drivers/net/net_failover.ko.xz: kernel/net/core/failover.ko.xz
kernel/net/core/failover.ko.xz:
kernel/sound/snd.ko.xz:
`;

test('wanted modules come with what they depend on, and with nothing else', () => {
  assert.deepEqual(
    moduleClosure(DEP, (path) => path.includes('virtio_net')),
    ['kernel/drivers/net/net_failover.ko.xz', 'kernel/drivers/net/virtio_net.ko.xz', 'kernel/net/core/failover.ko.xz'],
  );
});

test('an unwanted folder goes with what needs it, but takes nothing from a network card', () => {
  const dep = `kernel/drivers/net/ethernet/sfc/sfc.ko.xz: kernel/drivers/mtd/mtd.ko.xz
kernel/drivers/mtd/mtd.ko.xz:
kernel/drivers/mtd/nand.ko.xz: kernel/drivers/mtd/mtd.ko.xz
kernel/drivers/char/lp.ko.xz: kernel/drivers/parport/parport.ko.xz
kernel/drivers/parport/parport.ko.xz:
kernel/drivers/char/tpm.ko.xz:
`;
  const isUnwanted = (path: string): boolean => /\/(mtd|parport)\//.test(path);
  assert.deepEqual(keptModules(dep, { isUnwanted, isVital: (path) => path.includes('/ethernet/') }), [
    'kernel/drivers/char/tpm.ko.xz',
    'kernel/drivers/mtd/mtd.ko.xz',
    'kernel/drivers/net/ethernet/sfc/sfc.ko.xz',
  ]);
});

test('lists keep the lines of these modules, whichever way a name is spelt', () => {
  const names = new Set(['virtio_net']);
  const alias = 'alias virtio:d00000001v* virtio_net\nalias snd-card-0 snd\n';
  assert.equal(linesOfModules(alias, names), 'alias virtio:d00000001v* virtio_net\n');
  assert.equal(linesOfModules('softdep virtio-net pre: failover\nsoftdep snd pre: x\n', names), 'softdep virtio-net pre: failover\n');
  assert.equal(plainModuleName('kernel/drivers/md/dm-mod.ko.zst'), 'dm_mod');
});

test('sets name what a rack has', () => {
  const rows: readonly (readonly [string, 'network' | 'disks' | 'handover', boolean])[] = [
    ['kernel/drivers/net/ethernet/intel/ixgbe/ixgbe.ko.xz', 'network', true],
    ['kernel/drivers/net/ethernet/8390/pcnet_cs.ko.xz', 'network', false],
    ['kernel/drivers/net/virtio_net.ko.xz', 'network', true],
    ['kernel/drivers/net/wireless/ath/ath.ko.xz', 'network', false],
    ['kernel/drivers/scsi/megaraid/megaraid_sas.ko.xz', 'disks', true],
    ['kernel/drivers/nvme/host/nvme.ko.xz', 'disks', true],
    ['kernel/drivers/nvme/host/nvme.ko.xz', 'network', false],
    ['kernel/fs/nfs/nfsv4.ko.xz', 'disks', true],
    ['kernel/fs/nfsd/nfsd.ko.xz', 'disks', false],
    ['kernel/fs/squashfs/squashfs.ko.xz', 'handover', true],
    ['kernel/fs/overlayfs/overlay.ko.xz', 'handover', true],
  ];
  for (const [path, set, expected] of rows) assert.equal(isInSets(path, [set]), expected, `${path} in ${set}`);
});
