import assert from 'node:assert/strict';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { gunzipSync } from 'node:zlib';
import { CaptureIndex, CaptureLine, EARLY_NEIGHBOURS } from '../../../src/domain/capture.ts';
import { LEFT_OUT_DRIVER_LIST } from '../../../src/domain/image.ts';
import { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { EFI_GLOBAL } from '../../../src/inventory/sections/efi-boot-order.ts';
import { capture, captureTo } from '../../../src/peer/capture/capture.ts';
import { loadCapture, normaliseDirectory } from '../../../src/peer/capture/directory.ts';
import { CAPTURE_PATHS } from '../../../src/peer/capture/paths.ts';
import { packCapture } from '../../../src/peer/pack-capture.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { silentLog } from '../../../src/platform/log.ts';
import type { Argv, CommandResult } from '../../../src/platform/process/command.ts';

/** A small machine below another root: links as in /sys, secrets where they lie on real machines. */
async function machineTree(root: string): Promise<void> {
  const pci = 'sys/devices/pci0000:00/0000:00:03.0';
  const files: Record<string, string> = {
    'proc/cpuinfo': 'processor\t: 0\nmodel name\t: Example CPU\n\n',
    'proc/meminfo': 'MemTotal: 1024 kB\n',
    'proc/cmdline': 'root=live:http://10.0.0.1/root rd.live.image\n',
    'proc/version': 'Linux version 6.12.1 (x)\n',
    'sys/class/dmi/id/sys_vendor': 'Example\n',
    [`${pci}/uevent`]: 'DRIVER=e1000\nPCI_SLOT_NAME=0000:00:03.0\n',
    [`${pci}/net/eth0/address`]: '52:54:00:00:00:01\n',
    'sys/devices/virtual/net/lo/address': '00:00:00:00:00:00\n',
    'sys/devices/pci0000:00/0000:00:1f.2/ata1/block/sda/size': '2048\n',
    'sys/devices/pci0000:00/0000:00:1f.2/ata1/block/sdb/size': '0\n',
    'sys/devices/virtual/block/loop0/size': '8\n',
    'sys/firmware/acpi/tables/MSDM': 'windows-key',
    'sys/firmware/efi/efivars/Secret-1': 'forbidden',
    [`sys/firmware/efi/efivars/dbx-${EFI_GLOBAL}`]: 'forbidden too',
    'sys/firmware/efi/efivars/Boot0001-00000000-0000-0000-0000-000000000000': 'forbidden of a vendor',
    [`sys/firmware/efi/efivars/BootOrder-${EFI_GLOBAL}`]: '\x07\0\0\0\x01\0',
    [`sys/firmware/efi/efivars/Boot0001-${EFI_GLOBAL}`]: '\x07\0\0\0\x01\0\0\0\0\0d\0\0\0loader-arguments',
    'sys/firmware/efi/fw_platform_size': '64\n',
    'run/recon/token': 'token-of-this-boot',
    'etc/shadow': 'root:hash',
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  for (const directory of ['sys/class/net', 'sys/block']) await mkdir(join(root, directory), { recursive: true });
  await symlink('../../devices/pci0000:00/0000:00:03.0/net/eth0', join(root, 'sys/class/net/eth0'));
  await symlink('/sys/devices/virtual/net/lo', join(root, 'sys/class/net/lo'));
  await symlink('../..', join(root, pci, 'net/eth0/device'));
  await symlink('../devices/pci0000:00/0000:00:1f.2/ata1/block/sda', join(root, 'sys/block/sda'));
  await symlink('../devices/pci0000:00/0000:00:1f.2/ata1/block/sdb', join(root, 'sys/block/sdb'));
  await symlink('../devices/virtual/block/loop0', join(root, 'sys/block/loop0'));
  await symlink('../../nowhere', join(root, 'sys/class/net/dangling'));
}

const answer = async (argv: Argv): Promise<CommandResult> => ({
  argv,
  status: argv[0] === 'lspci' ? 'failed' : 'ok',
  exitCode: argv[0] === 'lspci' ? 1 : 0,
  signal: undefined,
  stdout: Buffer.from(`${argv.join(' ')}\xff`, 'latin1'),
  stderr: Buffer.from(argv[0] === 'lspci' ? 'no bus\n' : ''),
  durationMs: 2,
});

test('a capture of a tree: links resolved inside it, commands for its devices, a record from it', async () => {
  await using work = await temporaryDirectory('recon-capture-');
  const [root, directory] = [join(work.path, 'root'), join(work.path, 'capture')];
  await machineTree(root);
  const ended: string[] = [];
  const index = await capture(directory, { run: answer, log: silentLog, root, onCommand: (command) => ended.push(command.id) });
  assert.deepEqual(CaptureIndex.parse(JSON.parse(await readFile(join(directory, 'capture.json'), 'utf8'))), index);
  const ids = index.commands.map((command) => command.id);
  assert.deepEqual(
    ids.filter((id) => /^(smartctl|ethtool)/.test(id)),
    [
      ...['smartctl-sda', 'smartctl-scan'],
      ...['ethtool-eth0', 'ethtool-driver-eth0', 'ethtool-permanent-eth0', 'ethtool-private-flags-eth0', 'ethtool-module-eth0'],
    ],
  );
  assert.deepEqual(ended.toSorted(), ids.filter((id) => id !== 'efi-variables').toSorted());
  assert.deepEqual(index.links, {
    'sys/class/net/eth0': 'sys/devices/pci0000:00/0000:00:03.0/net/eth0',
    'sys/class/net/lo': 'sys/devices/virtual/net/lo',
    'sys/block/loop0': 'sys/devices/virtual/block/loop0',
    'sys/block/sda': 'sys/devices/pci0000:00/0000:00:1f.2/ata1/block/sda',
    'sys/block/sdb': 'sys/devices/pci0000:00/0000:00:1f.2/ata1/block/sdb',
  });
  assert.equal(
    await readFile(join(directory, 'fs/sys/class/net/eth0/device/uevent'), 'utf8'),
    'DRIVER=e1000\nPCI_SLOT_NAME=0000:00:03.0\n',
  );
  assert.deepEqual([...(await readFile(join(directory, 'raw/lscpu.out')))].slice(-1), [0xff]);
  const record = NodeRecord.parse(await normaliseDirectory(directory));
  assert.deepEqual(record.sections.system, { status: 'ok', durationMs: 2, data: { vendor: 'Example' } });
  assert.deepEqual(record.sections.pci, { status: 'failed', durationMs: 2, reason: 'lspci: exit code 1: no bus' });
  assert.deepEqual(record.sections.nics.status === 'ok' && record.sections.nics.data.map((nic) => [nic.name, nic.pciAddress]), [
    ['eth0', '0000:00:03.0'],
  ]);
});

test('of the table of drivers that the image leaves out a capture has the lines of this machine, and the record the module', async () => {
  await using work = await temporaryDirectory('recon-capture-');
  const [root, directory] = [join(work.path, 'root'), join(work.path, 'capture')];
  await machineTree(root);
  const device = 'sys/bus/pci/devices/0000:00:05.0';
  const fits = 'pci:v000013F0d00000200sv*sd*bc*sc*i* sundance';
  for (const [path, text] of [
    [LEFT_OUT_DRIVER_LIST, `pci:v00008086d00000200sv*sd*bc*sc*i* other\n${fits}\n`],
    [`${device}/modalias`, 'pci:v000013F0d00000200sv00001186sd00001002bc02sc00i00\n'],
    [`${device}/class`, '0x020000\n'],
  ] as const) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  await captureTo(directory, { log: silentLog, root });
  assert.equal(await readFile(join(directory, 'fs', LEFT_OUT_DRIVER_LIST), 'utf8'), `${fits}\n`);
  const { pci } = NodeRecord.parse(await normaliseDirectory(directory)).sections;
  assert.deepEqual(pci.status === 'ok' && pci.data, [{ address: '0000:00:05.0', classId: '0200', leftOutModules: ['sundance'] }]);
});

test('what must never be collected is not in the packed capture', async () => {
  await using work = await temporaryDirectory('recon-capture-');
  const [root, directory] = [join(work.path, 'root'), join(work.path, 'capture')];
  await machineTree(root);
  await captureTo(directory, { log: silentLog, root });
  const text = gunzipSync(await packCapture(directory)).toString();
  const contents = text
    .trim()
    .split('\n')
    .map((line) => Buffer.from(CaptureLine.parse(JSON.parse(line)).base64, 'base64').toString())
    .join('\n');
  assert.match(contents, /Example CPU/);
  for (const secret of ['windows-key', 'token-of-this-boot', 'root:hash']) assert.ok(!contents.includes(secret), secret);
  for (const variable of ['forbidden', 'loader-arguments']) assert.ok(!contents.includes(variable), variable);
  assert.deepEqual(
    (await loadCapture(directory)).list('sys/firmware/efi/efivars'),
    [`Boot0001-${EFI_GLOBAL}`, `BootOrder-${EFI_GLOBAL}`],
    'of the variables only the boot entries',
  );
});

test('the list of paths names nothing outside /proc and /sys, no secret place inside, and no variable: those are taken one by one', () => {
  for (const path of CAPTURE_PATHS) {
    // this one is ours, from the initrd
    if (![EARLY_NEIGHBOURS, LEFT_OUT_DRIVER_LIST].includes(path)) assert.match(path, /^(proc|sys)\//);
    assert.doesNotMatch(path, /efivars|efi\/vars|acpi|keys|crypto|proc\/\*|kcore|kallsyms|\.\./);
  }
});

test('another root answers no command from this machine', async () => {
  await using work = await temporaryDirectory('recon-capture-');
  await machineTree(join(work.path, 'root'));
  const index = await captureTo(join(work.path, 'capture'), { log: silentLog, root: join(work.path, 'root') });
  assert.deepEqual([...new Set(index.commands.filter(({ id }) => id !== 'efi-variables').map((command) => command.status))], ['absent']);
});

test('packing: capture.json first, then by path; every line sound; the same bytes each time', async () => {
  await using work = await temporaryDirectory('recon-capture-');
  await machineTree(join(work.path, 'root'));
  const directory = join(work.path, 'capture');
  await capture(directory, { run: answer, log: silentLog, root: join(work.path, 'root') });
  const packed = await packCapture(directory);
  assert.deepEqual(await packCapture(directory), packed);
  const lines = gunzipSync(packed)
    .toString()
    .trim()
    .split('\n')
    .map((line) => CaptureLine.parse(JSON.parse(line)));
  const [first, ...others] = lines.map((line) => line.path);
  assert.equal(first, 'capture.json');
  assert.deepEqual(others, others.toSorted());
  const loaded = await loadCapture(directory);
  assert.deepEqual(Buffer.from(lines.find((line) => line.path === 'raw/lscpu.out')?.base64 ?? '', 'base64'), loaded.output('lscpu'));
  assert.equal(
    lines.length,
    1 +
      (loaded.index.files?.length ?? 0) +
      2 * loaded.index.commands.filter((command) => command.status !== 'absent' && command.id !== 'efi-variables').length,
  );
});

test('a directory with something in it is refused, one that is no capture too', async () => {
  await using work = await temporaryDirectory('recon-capture-');
  await writeFile(join(work.path, 'precious'), 'x');
  await assert.rejects(captureTo(work.path, { log: silentLog, root: work.path }), { code: 'not-writable' });
  await assert.rejects(normaliseDirectory(work.path), { code: 'capture-unreadable' });
  await assert.rejects(normaliseDirectory(join(work.path, 'none')), { code: 'capture-unreadable' });
  await assert.rejects(packCapture(work.path), { code: 'capture-unreadable' });
});
