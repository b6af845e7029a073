import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { run, runOk } from '../../../../src/platform/process/command.ts';
import type { BuildContext } from '../../../../src/pool/image/build/build-request.ts';
import { DRIVERS, makeDrivers } from '../../../../src/pool/image/build/drivers-step.ts';
import { fakeKernel } from '../fake-kernel.ts';

const MINUTE_MS = 60_000;
const RELEASE = '6.12.117+deb13-amd64';
const DEP = [
  'drivers/block/loop',
  'fs/squashfs/squashfs',
  'fs/overlayfs/overlay',
  'drivers/net/virtio_net',
  'drivers/nvme/host/nvme',
  'fs/nfsd/nfsd',
];

async function treeWithModules(root: string): Promise<string> {
  const modules = join(root, 'tree/usr/lib/modules', RELEASE);
  for (const path of DEP) {
    const at = join(modules, 'kernel', `${path}.ko`);
    await mkdir(join(at, '..'), { recursive: true });
    await writeFile(at, path);
  }
  await writeFile(join(modules, 'modules.dep'), DEP.map((path) => `kernel/${path}.ko:\n`).join(''));
  await writeFile(join(modules, 'modules.alias'), 'alias virtio:d00000001v* virtio_net\n');
  await mkdir(join(root, 'tree/boot'), { recursive: true });
  await writeFile(join(root, 'tree/boot', `vmlinuz-${RELEASE}`), fakeKernel(RELEASE));
  return join(root, 'tree');
}

test('the ramdisk holds its modules packed, and unpacked only what mounts them', async (t) => {
  for (const program of ['mksquashfs', 'unsquashfs', 'cpio', 'zstd'])
    if ((await run(['which', program], { timeoutMs: MINUTE_MS })).status !== 'ok') return t.skip(`there is no ${program} on this host`);
  await using root = await temporaryDirectory('recon-drivers-');
  const tree = await treeWithModules(root.path);
  const ramdisk = { files: [], programs: [], modules: ['network'], compression: 'xz' };
  const context = { recipe: { ramdisk }, isFast: false, signal: new AbortController().signal } as unknown as BuildContext;
  const made = join(root.path, 'made');
  await mkdir(made);
  await makeDrivers(context, [tree], made, () => {});
  await runOk(
    [
      'sh',
      '-c',
      'mkdir "$1/out" && cd "$1/out" && zstd -dc "$2" | cpio --extract --make-directories --quiet',
      'x',
      root.path,
      join(made, DRIVERS),
    ],
    {
      timeoutMs: MINUTE_MS,
    },
  );
  const unpacked = await runOk(['sh', '-c', 'cd "$1/out" && find . -name "*.ko" | sort', 'x', root.path], { timeoutMs: MINUTE_MS });
  const at = `./lib/modules/${RELEASE}/kernel`;
  assert.equal(unpacked, [`${at}/drivers/block/loop.ko`, `${at}/fs/overlayfs/overlay.ko`, `${at}/fs/squashfs/squashfs.ko`].join('\n'));
  const listed = (await readFile(join(root.path, 'out/lib/modules', RELEASE, 'modules.dep'), 'utf8')).trimEnd().split('\n');
  assert.deepEqual(listed, listed.toSorted());
  assert.equal(listed.length, 3);
  const packed = await runOk(['unsquashfs', '-lls', '-d', '', join(root.path, 'out/modules.sqfs')], { timeoutMs: MINUTE_MS });
  const names = [...packed.matchAll(/\/([a-z_]+)\.ko/g)].map(([, name]) => name);
  assert.deepEqual(names.sort(), ['loop', 'overlay', 'squashfs', 'virtio_net']);
  assert.match(packed, new RegExp(`/${RELEASE.replaceAll(/[.+]/g, '.')}/modules\\.alias`));
});

test('a kernel that has built in what mounts them', async (t) => {
  for (const program of ['mksquashfs', 'cpio', 'zstd'])
    if ((await run(['which', program], { timeoutMs: MINUTE_MS })).status !== 'ok') return t.skip(`there is no ${program} on this host`);
  await using root = await temporaryDirectory('recon-drivers-');
  const tree = await treeWithModules(root.path);
  await writeFile(join(tree, 'usr/lib/modules', RELEASE, 'modules.dep'), 'kernel/drivers/net/virtio_net.ko:\n');
  const ramdisk = { files: [], programs: [], modules: ['network'], compression: 'xz' };
  const context = { recipe: { ramdisk }, isFast: true, signal: new AbortController().signal } as unknown as BuildContext;
  const made = join(root.path, 'made');
  await mkdir(made);
  const said: string[] = [];
  await makeDrivers(context, [tree], made, (text) => said.push(text));
  assert.deepEqual(said, [`1 modules of ${RELEASE}`]);
});
