import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stickArguments } from '../../../../src/builder/image/grub-config.ts';
import { MATRIX_DISKS } from '../../../../src/lab/matrix/disks/matrix-disks.ts';
import { peerArguments, stickKernelArguments } from '../../../../src/lab/matrix/machine/command-lines.ts';
import { type MatrixBoot, matrixArguments } from '../../../../src/lab/matrix/machine/matrix-arguments.ts';
import { bootArguments } from '../../../../src/master/boot/ipxe.ts';

const host = { accelerator: 'tcg', qmpPath: '/s/q,1', consolePath: '/w/console', reportPath: '/w/report' } as const;
const kernel: MatrixBoot = { kind: 'kernel', kernelPath: '/k', initrdPath: '/i', commandLine: 'quiet', answer: "'node' 'a.ts'" };
const attached = MATRIX_DISKS.map((disk) => ({ disk, path: `/d/${disk.id}`, logPath: `/l/${disk.id}` }));

test('there are 24 kinds of disks, pairs on two, and every bus has some of them', () => {
  const kinds = new Set(
    MATRIX_DISKS.map(({ content }) => content.replace(/-(first|second)$/, '').replace('ddf-container', 'imsm-container')),
  );
  assert.equal(kinds.size, 24);
  assert.deepEqual(new Set(MATRIX_DISKS.map(({ bus }) => bus)), new Set(['virtio', 'ahci', 'nvme', 'megasas', 'usb']));
  assert.ok(MATRIX_DISKS.filter(({ bus }) => bus === 'ahci').length <= 6, 'the AHCI controller of q35 has six ports');
  assert.equal(new Set(MATRIX_DISKS.map(({ serial }) => serial)).size, MATRIX_DISKS.length);
});

test('every disk is logged, takes a TRIM through, and has its serial and a place of its own', () => {
  const args = matrixArguments(kernel, attached, host);
  for (const { id, serial } of MATRIX_DISKS) {
    const drive = args.find((one) => one.includes(`,id=${id},driver=blklogwrites`));
    assert.match(
      drive ?? '',
      new RegExp(`discard=unmap,file.driver=file,file.filename=/d/${id},file.discard=unmap,log.driver=file,log.filename=/l/${id},`),
    );
    assert.equal(args.filter((one) => one.endsWith(`,drive=${id},serial=${serial}`)).length, 1);
  }
  const places = args.filter((one) => /^ide-hd|^scsi-hd/.test(one)).map((one) => one.replace(/,drive=.*/, ''));
  assert.equal(new Set(places).size, places.length);
  assert.ok(args.includes('unix:/s/q,,1,server=on,wait=off'));
});

test('a peer reaches one address and nothing else; a master has a cable to nobody', () => {
  const peer = matrixArguments(kernel, attached, host).find((one) => one.startsWith('user,'));
  assert.equal(peer, "user,id=net0,restrict=on,net=10.77.0.0/16,host=10.77.0.2,guestfwd=tcp:10.77.0.1:80-cmd:'node' 'a.ts'");
  const master = matrixArguments({ kind: 'stick', stick: { path: '/s.img', logPath: '/s.log' } }, attached, host);
  assert.ok(master.includes('socket,id=net0,udp=127.0.0.1:9,localaddr=127.0.0.1:0'));
  assert.ok(master.some((one) => one.startsWith('if=none,id=stick,driver=blklogwrites')));
});

test('the stick is booted from only where QEMU starts no kernel itself, which takes the first place', () => {
  const stick = { path: '/s.img', logPath: '/s.log' };
  const order = (boot: Parameters<typeof matrixArguments>[0]): string[] =>
    matrixArguments(boot, attached, host).filter((one) => one.includes('bootindex='));
  assert.equal(order({ kind: 'stick', stick }).length, 1);
  assert.deepEqual(order({ ...kernel, stick }), []);
});

test('the command lines are those that loaders use, apart from what is of this rig', () => {
  const manifest = {
    ...{ isoUuid: '2026-11-29-01-10-56-59', dataPartitionUuid: 'cad31b54-03' },
    files: { rootImage: { name: 'r.squashfs', sizeBytes: 1000, sha256: 'a'.repeat(64) } },
  };
  const fromMenu = stickArguments(manifest);
  assert.deepEqual(stickKernelArguments(manifest), [...fromMenu, 'log_buf_len=4M']);
  const image = { version: '1', kernel: 'k', initrd: 'i', rootImage: 'r', rootSha256: 'a'.repeat(64), rootSizeBytes: 1000 };
  const input = {
    mac: '52:54:00:77:07:01',
    base: 'http://10.77.0.1',
    masterAddress: '10.77.0.1',
    rootBase: 'http://bang',
    image,
    withRareDrivers: false,
  } as const;
  const fromLoader = bootArguments({ ...input, buildArchitecture: 'x86_64' }).filter(
    (one) => !/^(initrd|root|BOOTIF|recon\.ram)=/.test(one),
  );
  const own = peerArguments({ files: manifest.files as never }).filter((one) => !/^(root|BOOTIF|log_buf_len)=/.test(one));
  assert.deepEqual(new Set(own), new Set(fromLoader));
});
