import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeGuestInitrd } from '../../../src/lab/yank/guest-archive.ts';
import { guestArguments } from '../../../src/lab/yank/guest-machine.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { run } from '../../../src/platform/process/command.ts';

const host = { kernelPath: '/k', initrdPath: '/i', rootImagePath: '/r', accelerator: 'tcg', qmpPath: '/q', logPath: '/l' } as const;

test('the disk of a visit has a write cache, and every write to it is logged', () => {
  const args = guestArguments(host, { kind: 'logged', path: '/stick.img', logPath: '/writes.log' });
  const node = JSON.parse(args[args.indexOf('-blockdev') + 1] ?? '');
  assert.equal(node.driver, 'blklogwrites');
  assert.equal(node.file.filename, '/stick.img');
  assert.equal(node.log.filename, '/writes.log');
  assert.ok(args.includes('virtio-blk-pci,drive=stick,write-cache=on'));
});

test('several sticks hang on one controller', () => {
  const args = guestArguments(host, { kind: 'plain', paths: ['/a.img', '/b,c.img'] });
  assert.ok(args.includes('if=none,id=disk1,format=raw,cache=unsafe,file=/b,,c.img'));
  assert.ok(args.includes('scsi-hd,drive=disk1,bus=scsi.0,lun=1'));
});

test("the initrd is the image's own, and behind it an archive with our init, program and task", async () => {
  await using directory = await temporaryDirectory('recon-yank-');
  const at = (name: string): string => join(directory.path, name);
  await writeFile(at('image-initrd'), 'the image');
  await writeFile(at('program.mjs'), 'program');
  const task = { kind: 'visit', seed: 'a', machines: 1, together: 1, sealEvery: 1, sealsAfter: 1, isUnsynced: false } as const;
  const path = await writeGuestInitrd({ initrdPath: at('image-initrd'), programPath: at('program.mjs'), task, directory: at('parts') });
  const initrd = await readFile(path);
  assert.equal(initrd.subarray(0, 12).toString('latin1'), 'the image\0\0\0');
  const unpack = await run(['cpio', '--quiet', '-i', '--to-stdout', 'yank/task.json', 'yank/guest.mjs'], {
    timeoutMs: 60_000,
    input: initrd.subarray(12),
  });
  assert.equal(unpack.stdout.toString('utf8'), `program${JSON.stringify(task)}`);
  const init = await readFile(at('parts/yank/init'), 'utf8');
  assert.equal((await run(['bash', '-n'], { timeoutMs: 60_000, input: init })).status, 'ok');
});
