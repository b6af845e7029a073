import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isInArchive, isRareCard, isRareDriver, leftOutAliases, pciAliases, pciIdsOf } from '../../../src/builder/drivers/rare-drivers.ts';

const NET = 'kernel/drivers/net/ethernet';

test('cards of many servers stay in the initrd, and common controllers in the root', () => {
  for (const path of [
    `${NET}/intel/igb/igb.ko.xz`,
    `${NET}/intel/e1000/e1000.ko.xz`,
    `${NET}/broadcom/tg3.ko.xz`,
    `${NET}/broadcom/bnx2x/bnx2x.ko.xz`,
    `${NET}/mellanox/mlx5/core/mlx5_core.ko.xz`,
    `${NET}/realtek/r8169.ko.xz`,
    `${NET}/emulex/benet/be2net.ko.xz`,
    `${NET}/cisco/enic/enic.ko.xz`,
    'kernel/drivers/net/virtio_net.ko.xz',
    'kernel/drivers/net/phy/libphy.ko.xz',
    'kernel/drivers/scsi/megaraid/megaraid_sas.ko.xz',
    'kernel/drivers/infiniband/hw/mlx5/mlx5_ib.ko.xz',
  ])
    assert.equal(isRareDriver(path), false, path);
});

test('rare cards and controllers go to the archive, and with them controllers that an installed copy may lie behind', () => {
  for (const path of [
    `${NET}/cavium/liquidio/liquidio-core.ko.xz`,
    `${NET}/chelsio/cxgb4/cxgb4.ko.xz`,
    `${NET}/qlogic/qed/qed.ko.xz`,
    `${NET}/sfc/sfc.ko.xz`,
    `${NET}/dec/tulip/tulip.ko.xz`,
    `${NET}/jme.ko.xz`,
  ])
    assert.ok(isRareCard(path) && isRareDriver(path) && isInArchive(path), path);
  for (const path of [
    'kernel/drivers/scsi/bfa/bfa.ko.xz',
    'kernel/drivers/scsi/lpfc/lpfc.ko',
    'kernel/drivers/infiniband/hw/hfi1/hfi1.ko.xz',
  ])
    assert.ok(isRareDriver(path) && !isRareCard(path), path);
  const megaraid = 'kernel/drivers/scsi/megaraid/megaraid_sas.ko.xz';
  assert.ok(isInArchive(megaraid) && !isRareDriver(megaraid));
});

test('a device that another driver has as well is no rare one', () => {
  const text = 'alias pci:v000010ECd00008129sv*sd*bc*sc*i* 8139too\nalias pci:v000010ECd00008129sv*sd*bc*sc*i* r8169\n';
  assert.equal(pciAliases(text, ['kernel/a/8139too.ko.xz']), '');
  assert.equal(pciAliases(text, ['kernel/a/8139too.ko.xz', 'kernel/a/r8169.ko.xz']).split('\n').length, 3);
});

test('what the image leaves out: modules of PCI devices that are in no part of it, each line once', () => {
  const text = [
    '# Aliases extracted from modules themselves.',
    'alias pci:v000013F0d00000200sv*sd*bc*sc*i* sundance',
    'alias pci:v000013F0d00000200sv*sd*bc*sc*i* sundance',
    'alias pci:v000010ECd00008168sv*sd*bc*sc*i* r8169',
    'alias pci:v00001186d00001002sv*sd*bc*sc*i* a-sound',
    'alias pci:v00001657d00000022sv*sd*bc02sc00i* bna',
    'alias usb:v0BDAp8152d*dc*dsc*dp*ic*isc*ip*in* r8152',
  ].join('\n');
  assert.equal(
    leftOutAliases(text, ['kernel/drivers/net/r8169.ko.xz', 'kernel/drivers/net/bna.ko', 'kernel/sound/a_sound.ko.zst']),
    'pci:v000013F0d00000200sv*sd*bc*sc*i* sundance\n',
  );
  assert.equal(leftOutAliases(text, []).split('\n').length, 5);
});

test('the devices of a driver are read from modules.alias', () => {
  const text = [
    'alias pci:v00001DA8d00006003sv00001DA8sd*bc*sc*i* nfp',
    'alias pci:v00001657d00000022sv*sd*bc02sc00i* bna',
    'alias pci:v00008086d00001521sv*sd*bc*sc*i* igb',
    'alias pci:v00001077d*sv*sd*bc02sc00i00* netxen-nic',
    'alias fs-ipathfs bna',
  ].join('\n');
  const aliases = pciAliases(text, ['kernel/a/nfp.ko.xz', 'kernel/a/bna.ko', 'kernel/a/netxen_nic.ko.zst']);
  assert.equal(
    aliases,
    'pci:v00001DA8d00006003sv00001DA8sd*bc*sc*i* nfp\npci:v00001657d00000022sv*sd*bc02sc00i* bna\npci:v00001077d*sv*sd*bc02sc00i00* netxen-nic\n',
  );
  assert.deepEqual(pciIdsOf(aliases), ['1077:*', '1657:0022', '1da8:6003']);
});
