import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { run } from '../../../../src/platform/process/command.ts';

const LIBRARY = join(import.meta.dirname, '../../../../recipes/images/ramdisk/common/lib/recon.sh');

test('a ramdisk asks for the driver of each device once, and for those of a bus when it shows them', async () => {
  await using directory = await temporaryDirectory('recon-drivers-');
  const [devices, asked] = [join(directory.path, 'devices'), join(directory.path, 'asked')];
  for (const [device, alias] of Object.entries({ '0/nic': 'pci:nic', '0/bridge': 'pci:bridge', '1/same': 'pci:nic' })) {
    await mkdir(join(devices, device), { recursive: true });
    await writeFile(join(devices, device, 'modalias'), `${alias}\n`);
  }
  await mkdir(join(directory.path, 'run/recon'), { recursive: true });
  // the driver of the bridge shows what is behind it
  const modprobe = join(directory.path, 'modprobe');
  await writeFile(
    modprobe,
    `#!/bin/sh
echo "$@" >> ${asked}
case "$*" in *pci:bridge*) mkdir -p ${devices}/0/bridge/disk && echo virtio:disk > ${devices}/0/bridge/disk/modalias ;; esac
`,
  );
  await chmod(modprobe, 0o755);
  const library = (await readFile(LIBRARY, 'utf8'))
    .replaceAll('/run/recon', join(directory.path, 'run/recon'))
    .replaceAll('/sys/devices', devices);
  const script = join(directory.path, 'script');
  await writeFile(script, `${library}\nload_drivers\n`);
  const result = await run(['sh', '-u', script], { timeoutMs: 60_000, environment: { PATH: `${directory.path}:${process.env['PATH']}` } });
  assert.equal(result.status, 'ok', result.stderr.toString());
  assert.equal(await readFile(asked, 'utf8'), '-a -q -b pci:bridge pci:nic\n-a -q -b virtio:disk\n');
});
