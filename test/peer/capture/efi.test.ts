import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { EFI_GLOBAL } from '../../../src/inventory/sections/efi-boot-order.ts';
import { captureEfiVariables } from '../../../src/peer/capture/efi.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { rootedFiles } from '../../../src/platform/files/rooted-files.ts';
import type { Argv, CommandResult } from '../../../src/platform/process/command.ts';

const ORDER = `BootOrder-${EFI_GLOBAL}`;

interface Machine {
  isUefi?: boolean;
  /** the command that fails, by its first word */
  fails?: string;
}

/** A machine whose mount shows two variables; gives the row, the commands and what was written. */
async function capturedFrom({ isUefi = true, fails }: Machine) {
  await using work = await temporaryDirectory('recon-efi-');
  const [root, mountPoint] = [join(work.path, 'root'), join(work.path, 'mnt')];
  if (isUefi) await mkdir(join(root, 'sys/firmware/efi'), { recursive: true });
  const commands: string[] = [];
  const written = new Map<string, Buffer>();
  const files: string[] = [];
  const run = async (argv: Argv): Promise<CommandResult> => {
    commands.push(argv.filter((word) => word !== mountPoint).join(' '));
    if (argv[0] === 'mount') {
      await writeFile(join(mountPoint, ORDER), Buffer.from([7, 0, 0, 0, 1, 0]));
      await writeFile(join(mountPoint, `db-${EFI_GLOBAL}`), 'certificates');
    }
    const isBad = argv[0] === fails;
    const nothing = Buffer.alloc(0);
    return {
      argv,
      status: isBad ? 'failed' : 'ok',
      exitCode: isBad ? 1 : 0,
      signal: undefined,
      stdout: nothing,
      stderr: Buffer.from(isBad ? 'not so' : ''),
      durationMs: 1,
    };
  };
  const row = await captureEfiVariables({
    files: rootedFiles(root),
    writer: { write: async (path, content) => void written.set(path, Buffer.from(content)) },
    run,
    mountPoint,
    onFile: (path) => files.push(path),
  });
  return { row, commands, written, files, left: isUefi ? await readdir(mountPoint).catch(() => []) : [] };
}

test('loaded past the denial, mounted read-only, copied, unmounted, unloaded', async () => {
  const { row, commands, written, files } = await capturedFrom({});
  assert.equal(row.status, 'ok');
  assert.deepEqual(commands, [
    'modprobe --ignore-install efivarfs',
    'mount -t efivarfs -o ro,nosuid,nodev,noexec efivarfs',
    'umount',
    'rmmod efivarfs',
  ]);
  const path = `sys/firmware/efi/efivars/${ORDER}`;
  assert.deepEqual([...written], [[`fs/${path}`, Buffer.from([7, 0, 0, 0, 1, 0])]]);
  assert.deepEqual(files, [path]);
});

test('a BIOS machine is not asked', async () => {
  const { row, commands } = await capturedFrom({ isUefi: false });
  assert.deepEqual([row.status, row.reason, commands], ['absent', 'no /sys/firmware/efi: this boot was not by UEFI', []]);
});

test('a step that fails is a row with its reason, and what was done is undone', async () => {
  const noModule = await capturedFrom({ fails: 'modprobe' });
  assert.deepEqual([noModule.row.status, noModule.commands.length], ['failed', 1]);
  assert.match(noModule.row.reason ?? '', /modprobe .* failed \(exit code 1\): not so/);
  const noMount = await capturedFrom({ fails: 'mount' });
  assert.equal(noMount.row.status, 'failed');
  assert.deepEqual(noMount.commands.slice(-1), ['rmmod efivarfs']);
});
