import assert from 'node:assert/strict';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { exists, temporaryDirectory } from '../../../src/platform/files/files.ts';
import { createSparseFile } from '../../../src/platform/machine/disk-image-file.ts';
import { run, runOk } from '../../../src/platform/process/command.ts';
import { type TakenFile, takeRecords } from '../../../src/service/second-stick/take-records.ts';

const isRoot = process.getuid?.() === 0;
const LIMIT = { timeoutMs: 60_000 };
const NAME = 'recon-hall-3-2026-11-21.tar.gz';

describe('records in RAM and a stick of somebody, with ext4', { skip: isRoot ? false : 'needs root' }, () => {
  it('the tarball is put beside what is there; a second time it is there already; another one of its name stays', async () => {
    await using root = await temporaryDirectory('recon-second-');
    const [image, ram, look] = ['stick.img', 'ram', 'look'].map((name) => join(root.path, name));
    assert.ok(image !== undefined && ram !== undefined && look !== undefined);
    for (const path of [ram, look]) await mkdir(path);
    await writeFile(join(root.path, 'photo.jpg'), 'a photo');
    await createSparseFile(image, 24 * 1024 * 1024);
    await runOk(['mkfs.ext4', '-q', '-d', await only(root.path, 'photo.jpg'), image], LIMIT);
    await writeFile(join(ram, NAME), 'x'.repeat(3_000_001));
    await writeFile(join(ram, 'ledger.jsonl'), '{}');
    const loop = await runOk(['losetup', '--find', '--show', image], LIMIT);
    const device = loop.replace('/dev/', '');
    const stick = { disk: device, device, fileSystem: 'ext4', sequence: 1, words: '' } as const;
    const take = (): Promise<TakenFile[]> => takeRecords({ stick, directory: ram, mount: run, runDirectory: root.path });
    try {
      const [taken] = await take();
      assert.deepEqual([taken?.name, taken?.sizeBytes, taken?.wasThere], [NAME, 3_000_001, false]);
      assert.equal((await take())[0]?.wasThere, true);
      assert.equal(await runOk(['blockdev', '--getro', loop], LIMIT), '1', 'the guard is closed again');
      assert.equal(await exists(join(root.path, 'writable-disk')), false);
      await writeFile(join(ram, NAME), 'another one');
      await assert.rejects(take(), { code: 'verify-failed', message: /another recon-hall-3.* nothing is written over$/ });
      // what the master, which is not root, could have root read by a link
      await writeFile(join(root.path, 'secret'), 'of root');
      await symlink(join(root.path, 'secret'), join(ram, 'recon-x.tar.gz'));
      await runOk(['rm', join(ram, NAME)], LIMIT);
      await assert.rejects(take(), { code: 'ELOOP' });
      await runOk(['mount', '-o', 'ro', loop, look], LIMIT);
      try {
        assert.deepEqual((await runOk(['ls', look], LIMIT)).split('\n').sort(), ['lost+found', 'photo.jpg', NAME].sort());
        assert.equal(await readFile(join(look, 'photo.jpg'), 'utf8'), 'a photo');
        assert.equal((await readFile(join(look, NAME))).length, 3_000_001);
      } finally {
        await runOk(['umount', look], LIMIT);
      }
    } finally {
      // the kernel remembers that of a loop device beyond its file: whoever takes it next could not write
      await runOk(['blockdev', '--setrw', loop], LIMIT);
      await runOk(['losetup', '--detach', loop], LIMIT);
    }
  });
});

/** A directory with this file alone. */
async function only(root: string, name: string): Promise<string> {
  const path = join(root, 'only');
  await mkdir(path);
  await runOk(['cp', join(root, name), path], LIMIT);
  return path;
}
