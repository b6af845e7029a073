import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INITRD_DRIVERS } from '../../../src/builder/drivers/initrd-drivers.ts';
import { grubConfig } from '../../../src/builder/image/grub-config.ts';
import type { InitrdContents } from '../../../src/builder/verify/initrd-contents.ts';
import { driverArchiveFaults, initrdFaults, leftOutFaults, logFaults, menuFaults } from '../../../src/builder/verify/rules.ts';
import { GUARD_ARGUMENTS } from '../../../src/domain/kernel-arguments.ts';

const MODULES = 'usr/lib/modules/6.12.0/kernel';
const MENU = grubConfig({ version: '1', isoUuid: 'u', dataPartitionUuid: 'p', markerPath: '/boot/0x1' });

/** File of a good initrd, and the word that the fault without it must have. */
const NEEDED: ReadonlyArray<readonly [path: string, word: RegExp]> = [
  ['usr/sbin/livenetroot', /livenet/],
  ['usr/sbin/dmsquash-live-root', /dmsquash-live/],
  ['usr/bin/busybox', /busybox/],
  ['usr/lib/systemd/systemd-networkd', /systemd-networkd/],
  ['usr/lib/dracut/hooks/cmdline/05-parse-recon.sh', /kernel's arguments/],
  ['usr/lib/udev/rules.d/10-recon-read-only.rules', /udev rule/],
  ['usr/lib/recon/guard-disk', /program of that rule/],
  ['etc/modprobe.d/recon.conf', /denial of modules/],
  ['usr/lib/recon/rare-drivers', /list of rare/],
  ['var/lib/dracut/hooks/pre-pivot/12-add-program.sh', /mounts our program/],
  ['usr/lib/recon/program.squashfs', /lacks our program/],
  ['usr/lib/recon/no-disk-drivers.conf', /from its disks/],
  ['usr/lib/recon/no-controllers.conf', /from controllers/],
  ...INITRD_DRIVERS.map((name) => [`${MODULES}/drivers/x/${name.replaceAll('_', '-')}.ko.xz`, new RegExp(` driver ${name}$`)] as const),
];

const HARMFUL = [
  `${MODULES}/drivers/md/raid1.ko.xz`,
  `${MODULES}/drivers/md/dm-mod.ko`,
  'usr/sbin/lvm',
  'sbin/mdadm',
  'usr/sbin/cryptsetup',
  'usr/sbin/multipathd',
  'usr/sbin/dmraid',
  'usr/sbin/zpool',
  'usr/sbin/iscsistart',
  'usr/lib/systemd/network/zzzz-dracut-default.network',
  'usr/sbin/autooverlay',
  `${MODULES}/drivers/infiniband/core/ib_core.ko.xz`,
  `${MODULES}/drivers/scsi/megaraid/megaraid_sas.ko.xz`,
  'usr/bin/curl',
  'usr/bin/gawk',
  'usr/sbin/e2fsck',
  'usr/lib/x86_64-linux-gnu/libgnutls.so.30',
  'usr/lib/x86_64-linux-gnu/libldap.so.2',
  'usr/lib/udev/hwdb.bin',
];

test('a good initrd has no fault', () =>
  assert.deepEqual(initrdFaults(initrd(NEEDED.map(([path]) => path)), { family: 'debian', architecture: 'x86_64' }), []));

for (const [missing, word] of NEEDED) {
  test(`the initrd without ${missing}: one fault, which says what is lacking`, () => {
    const faults = initrdFaults(initrd(NEEDED.map(([path]) => path).filter((path) => path !== missing)), {
      family: 'debian',
      architecture: 'x86_64',
    });
    assert.equal(faults.length, 1, faults.join('\n'));
    assert.match(faults[0] ?? '', /^the initrd lacks /);
    assert.match(faults[0] ?? '', word);
  });
}

test('the initrd of Leap has another network, and its modules in a real /lib', () => {
  const paths = NEEDED.map(([path]) =>
    path.replace('usr/lib/systemd/systemd-networkd', 'usr/sbin/ifup').replace('usr/lib/modules', 'lib/modules'),
  );
  assert.deepEqual(initrdFaults(initrd(paths), { family: 'suse', architecture: 'x86_64' }), []);
  const archive = [
    'lib',
    'lib/modules',
    'lib/modules/6.4.0/kernel/x.ko.xz',
    'usr',
    'usr/lib',
    'usr/lib/recon',
    'usr/lib/recon/drivers-here',
  ];
  assert.deepEqual(driverArchiveFaults(archive, 'suse'), []);
  assert.equal(driverArchiveFaults([...archive, 'lib/systemd/x'], 'suse').length, 1);
  assert.match(
    initrdFaults(initrd(NEEDED.map(([path]) => path)), { family: 'suse', architecture: 'x86_64' }).join(),
    /lacks network-legacy/,
  );
  assert.match(initrdFaults(initrd(paths), { family: 'debian', architecture: 'x86_64' }).join(), /lacks systemd-networkd/);
  assert.match(driverArchiveFaults(archive, 'debian').join(), /holds lib, which is neither/, 'it would take the place of the link');
});

for (const harmful of HARMFUL) {
  test(`the initrd with ${harmful}: one fault, which names it`, () => {
    const faults = initrdFaults(initrd([...NEEDED.map(([path]) => path), harmful]), { family: 'debian', architecture: 'x86_64' });
    assert.equal(faults.length, 1, faults.join('\n'));
    assert.ok(faults[0]?.includes(`(${harmful})`), faults[0]);
  });
}

test('an initrd that fetches the root image without checking it', () => {
  const { names } = initrd(NEEDED.map(([path]) => path));
  assert.deepEqual(initrdFaults({ names, text: () => 'curl_fetch_url() { :; }' }, { family: 'debian', architecture: 'x86_64' }), [
    'the initrd fetches the root image unchecked',
  ]);
});

test('our own menu has no fault', () => assert.deepEqual(menuFaults(MENU), []));

for (const argument of GUARD_ARGUMENTS) {
  test(`a menu with one entry without ${argument}`, () => {
    assert.deepEqual(menuFaults(MENU.replace(` ${argument} `, ' ')), [`grub.cfg boots without ${argument}`]);
  });
}

for (const argument of ['rd.live.overlay.persistent', 'rd.live.overlay=LABEL=cow', 'rd.kiwi.live.system=1', 'rd.writable.fsimg=1']) {
  test(`a menu with ${argument}`, () => {
    assert.deepEqual(menuFaults(MENU.replace(' rd.live.image ', ` ${argument} rd.live.image `)), [
      `grub.cfg boots with ${argument}, which writes to disks`,
    ]);
  });
}

test('a menu entry in another spelling of linux, and a menu without any', () => {
  for (const command of ['linuxefi', 'linux16'])
    assert.equal(menuFaults(`${MENU}\nmenuentry "x" {\n\t${command} /vmlinuz quiet\n}\n`).length, GUARD_ARGUMENTS.length, command);
  assert.deepEqual(menuFaults('set default=0\n'), ['grub.cfg boots no kernel']);
});

test('lines of the build log that mean a broken image', () => {
  const log = [
    '[ INFO    ]: 21:40:01 | Creating live ISO image',
    '[ WARNING ]: 21:40:02 | mkinitrd: bin/foo not found in the root tree',
    "[ DEBUG   ]: 21:40:03 | dracut[W]: Module 'livenet' cannot be found or installed",
    '[ DEBUG   ]: 21:40:04 | file not found, which does not matter',
  ];
  const faults = logFaults(log.join('\n'));
  assert.equal(faults.length, 2);
  assert.match(faults[0] ?? '', /bin\/foo not found in the root tree$/);
  assert.match(faults[1] ?? '', /'livenet' cannot be found/);
  assert.deepEqual(logFaults(''), []);
  assert.ok((logFaults(`${'x'.repeat(5000)} not found in the root tree\nb not found in the root tree`)[0]?.length ?? 0) < 250);
});

function initrd(names: readonly string[]): InitrdContents {
  return { names: new Set(names), files: [], text: (path) => (path === 'usr/lib/url-lib.sh' ? 'recon_fetch_url() { :; }' : '') };
}

test('a driver of the initrd that is part of the kernel itself is not missed', () => {
  const list = `usr/lib/modules/6.12.0/modules.builtin`;
  const names = NEEDED.map(([path]) => path).filter((path) => !path.includes('virtio-net'));
  const built = initrd([...names, list]);
  assert.deepEqual(
    initrdFaults(
      { ...built, text: (path) => (path === list ? 'kernel/drivers/net/virtio_net.ko\n' : built.text(path)) },
      { family: 'debian', architecture: 'x86_64' },
    ),
    [],
  );
});

test('the archive of rare drivers holds drivers and firmware alone', () => {
  const list = 'usr/lib/recon/drivers-here';
  const good = ['usr', 'usr/lib', 'usr/lib/recon', list, 'usr/lib/modules/6.12.0/kernel/drivers/net/x.ko.xz', 'usr/lib/firmware/x.bin'];
  assert.deepEqual(driverArchiveFaults(good, 'debian'), []);
  assert.match(driverArchiveFaults(good.slice(0, 4), 'debian').join(), /holds no driver/);
  assert.match(
    driverArchiveFaults(
      good.filter((name) => name !== list),
      'debian',
    ).join(),
    /does not say what is in it/,
  );
  assert.match(driverArchiveFaults([...good, 'etc/passwd'], 'debian').join(), /holds etc\/passwd/);
});

test('the table of what the image leaves out names what went first', () => {
  assert.deepEqual(leftOutFaults('pci:v00008086d000024FDsv*sd*bc*sc*i* iwlwifi\npci:v1* x\n'), []);
  for (const text of ['', 'pci:v1* x\n', 'pci:v1* iwlwifi_other\n']) assert.equal(leftOutFaults(text).length, 1, text);
});
