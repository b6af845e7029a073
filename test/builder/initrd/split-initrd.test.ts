import assert from 'node:assert/strict';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { splitInitrd } from '../../../src/builder/initrd/split-initrd.ts';
import { filesInArchive, readInitrd } from '../../../src/builder/verify/initrd-contents.ts';
import { DRIVER_ARCHIVE_LIST, RARE_DRIVER_LIST } from '../../../src/domain/image.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { run, runOk } from '../../../src/platform/process/command.ts';

const MODULES = 'usr/lib/modules/6.12.0';
const [IGB, BNA, BFA, LIB, CORE] = [
  'kernel/drivers/net/ethernet/intel/igb/igb.ko.xz',
  'kernel/drivers/net/ethernet/brocade/bna/bna.ko.xz',
  'kernel/drivers/scsi/bfa/bfa.ko.xz',
  'kernel/drivers/scsi/scsi_transport_fc.ko.xz',
  'kernel/drivers/scsi/scsi_mod.ko.xz',
];
const IN_INITRD = [
  `${MODULES}/${IGB}`,
  `${MODULES}/${BNA}`,
  `${MODULES}/${CORE}`,
  `${MODULES}/modules.dep`,
  'usr/lib/firmware/ctfw-3.2.5.1.bin',
  'usr/lib/firmware/tigon/tg3.bin',
];
const IN_ROOT = [...IN_INITRD, `${MODULES}/${BFA}`, `${MODULES}/${LIB}`];

async function split() {
  const directory = await temporaryDirectory('recon-split-');
  const at = (path: string): string => join(directory.path, path);
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(at(path)), { recursive: true });
    await writeFile(at(path), text);
  };
  for (const path of IN_ROOT) await write(`root/${path}`, path);
  for (const path of IN_INITRD) await write(`tree/${path}`, path);
  await write(`root/${MODULES}/modules.dep`, `${IGB}:\n${BNA}:\n${BFA}: ${LIB} ${CORE}\n${LIB}: ${CORE}\n${CORE}:\n`);
  const aliases = [
    'pci:v00001657d00000022sv*sd*bc02sc00i* bna',
    'pci:v00001657d00000023sv*sd*bc0Csc04i00* bfa',
    'pci:v00008086d00001521sv*sd*bc*sc*i* igb',
  ];
  await write(`root/${MODULES}/modules.alias`, aliases.map((line) => `alias ${line}\n`).join(''));
  await symlink('usr/lib', at('tree/lib'));
  // stand in for those of kmod: one says which modules it was shown, the other which firmware a module names
  await mkdir(at('root/mnt'));
  await mkdir(at('root/sbin'));
  await mkdir(at('root/bin'));
  await runOk(['cp', '/bin/busybox', at('root/bin/busybox')], { timeoutMs: 30_000 });
  const program = (name: string, ...lines: string[]): Promise<void> =>
    writeFile(at(`root/sbin/${name}`), ['#!/bin/busybox sh', ...lines, ''].join('\n'), { mode: 0o755 });
  await program(
    'depmod',
    '/bin/busybox find /mnt/usr/lib/modules/$3 -name "*.ko.xz" | /bin/busybox sort > /mnt/usr/lib/modules/$3/modules.seen',
  );
  await program('modinfo', 'case "$*" in *bna*) echo ctfw-3.2.5.1.bin ;; esac', 'case "$*" in *igb*) echo tigon/tg3.bin ;; esac');
  const names = (await runOk(['find', '.'], { timeoutMs: 30_000, cwd: at('tree') })).split('\n');
  await runOk(['cpio', '--quiet', '-o', '-H', 'newc', '-O', at('plain')], { timeoutMs: 30_000, cwd: at('tree'), input: names.join('\n') });
  await runOk(['zstd', '-q', at('plain'), '-o', at('initrd')], { timeoutMs: 30_000 });
  await mkdir(at('work'));
  const cards = await splitInitrd({ root: at('root'), initrd: at('initrd'), drivers: at('drivers'), work: at('work') });
  return { at, cards, [Symbol.asyncDispose]: directory[Symbol.asyncDispose] };
}

test('rare drivers and their firmware leave the initrd for the archive, which has controllers and what they need besides', async () => {
  await using made = await split();
  const initrd = await readInitrd(made.at('initrd'), (name) => [RARE_DRIVER_LIST, `${MODULES}/modules.seen`].includes(name));
  assert.ok(initrd.names.has('lib') && ![...initrd.names].some((name) => name.startsWith('lib/')), 'a link to a folder is a link');
  const files = (names: Iterable<string>): string[] => [...names].filter((name) => /\.(xz|bin)$/.test(name)).sort();
  assert.deepEqual(files(initrd.names), ['usr/lib/firmware/tigon/tg3.bin', `${MODULES}/${IGB}`, `${MODULES}/${CORE}`]);
  for (const path of [IGB, BNA, BFA, LIB]) assert.ok(initrd.text(`${MODULES}/modules.seen`).includes(path), `the lists name ${path}`);
  assert.deepEqual(
    files((await filesInArchive(made.at('drivers'))).map(({ path }) => path)),
    ['usr/lib/firmware/ctfw-3.2.5.1.bin', `${MODULES}/${BNA}`, `${MODULES}/${BFA}`, `${MODULES}/${LIB}`].sort(),
  );
  assert.equal(initrd.text(RARE_DRIVER_LIST), 'pci:v00001657d00000022sv*sd*bc02sc00i* bna\npci:v00001657d00000023sv*sd*bc0Csc04i00* bfa');
  assert.deepEqual(made.cards, ['1657:0022']);
});

test('the same parts give the same archive, byte for byte', async () => {
  await using one = await split();
  await using other = await split();
  assert.deepEqual(await readFile(one.at('drivers')), await readFile(other.at('drivers')));
});

for (const [how, prepare] of [
  ['that was fetched', 'mkdir -p /run/recon && cp "$ARCHIVE" /run/recon/drivers'],
  [
    'that is in this initrd',
    'xz -dc < "$ARCHIVE" > plain && mkdir here && cd here && cpio --quiet -i -d < ../plain && recon_drivers_here=$PWD/list && cp usr/lib/recon/drivers-here list',
  ],
] as const) {
  test(`the archive ${how} comes over the live system, by busybox, and what the root has it keeps`, async () => {
    await using made = await split();
    const script = join(import.meta.dirname, '../../../overlay/usr/lib/dracut/modules.d/99recon/rare-drivers.sh');
    await mkdir(dirname(made.at(`new/${MODULES}/${LIB}`)), { recursive: true });
    await writeFile(made.at(`new/${MODULES}/${LIB}`), 'of the root');
    const shell = [
      'mount -t tmpfs tmpfs /run && cd /run',
      `ARCHIVE="${made.at('drivers')}"`,
      `. "${script}"`,
      prepare,
      'recon_has_rare_device() { true; }',
      `recon_add_drivers "${made.at('new')}"`,
      '[ ! -e /run/recon/drivers ]',
    ];
    const { exitCode, stderr } = await run(['unshare', '--mount', 'sh', '-e', '-c', shell.join('\n')], { timeoutMs: 30_000 });
    assert.equal(exitCode, 0, stderr.toString());
    assert.equal(await readFile(made.at(`new/${MODULES}/${BFA}`), 'utf8'), `${MODULES}/${BFA}`);
    assert.equal(await readFile(made.at(`new/${MODULES}/${LIB}`), 'utf8'), 'of the root');
    assert.match(await readFile(made.at(`new/${DRIVER_ARCHIVE_LIST}`), 'utf8'), /bfa\.ko\.xz/);
  });
}
