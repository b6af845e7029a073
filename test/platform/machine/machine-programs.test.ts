import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { exists, temporaryDirectory } from '../../../src/platform/files/files.ts';
import { type Log, silentLog } from '../../../src/platform/log.ts';
import { withEfiVariables } from '../../../src/platform/machine/efi-variables.ts';
import { mountReadOnly } from '../../../src/platform/machine/mount.ts';
import { startRemoteLogin } from '../../../src/platform/machine/remote-login.ts';
import { type Argv, type CommandResult, run } from '../../../src/platform/process/command.ts';
import { fakePrograms } from '../../fake-programs.ts';
import { movedRoot } from '../files/moved-root.ts';

/** Answers of programs by their name; all calls are kept. */
function answering(failing: string[] = []) {
  const calls: string[] = [];
  const answer = async (argv: Argv): Promise<CommandResult> => {
    calls.push(argv.join(' '));
    const status = failing.includes(argv[0]) ? 'failed' : 'ok';
    const nothing = { exitCode: 1, signal: undefined, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0), durationMs: 0 };
    return { argv, status, ...nothing };
  };
  return { calls, run: answer };
}

it('shows the variables of the firmware read-only, and leaves the kernel as it was', async (t) => {
  await movedRoot(t);
  await using directory = await temporaryDirectory('recon-efi-');
  const mountPoint = join(directory.path, 'deep/efi');
  const [mount, umount] = [`mount -t efivarfs -o ro,nosuid,nodev,noexec efivarfs ${mountPoint}`, `umount ${mountPoint}`];
  const programs = answering();
  const seen = await withEfiVariables({ run: programs.run, mountPoint }, async (path) => {
    assert.equal(await exists(path), true);
    programs.calls.push('use');
    return path;
  });
  assert.equal(seen, mountPoint);
  assert.deepEqual(programs.calls, ['modprobe --ignore-install efivarfs', mount, 'use', umount, 'rmmod efivarfs']);

  const failing = answering();
  const failure = new Error('broken');
  await assert.rejects(
    withEfiVariables({ run: failing.run, mountPoint }, () => Promise.reject(failure)),
    failure,
  );
  assert.deepEqual(failing.calls.slice(-2), [umount, 'rmmod efivarfs']);

  const unmountable = answering(['mount']);
  const unused = (): Promise<never> => assert.fail('nothing is mounted');
  await assert.rejects(withEfiVariables({ run: unmountable.run, mountPoint }, unused), { code: 'command-failed' });
  assert.deepEqual(unmountable.calls.slice(-1), ['rmmod efivarfs']);

  const unloadable = answering(['modprobe']);
  await assert.rejects(withEfiVariables({ run: unloadable.run, mountPoint }, unused), { code: 'command-failed' });
  assert.equal(unloadable.calls.length, 1);
});

it('does not unload a module that was there before', async (t) => {
  await movedRoot(t, { '/sys/module/efivarfs/refcnt': '1' });
  await using directory = await temporaryDirectory('recon-efi-');
  const programs = answering();
  await withEfiVariables({ run: programs.run, mountPoint: directory.path }, async () => {});
  assert.deepEqual(
    programs.calls.map((call) => call.split(' ')[0]),
    ['mount', 'umount'],
  );
});

it('mounts an image read-only for as long as its owner wants', async () => {
  await using programs = await fakePrograms({ mount: '[ "$2" != vfat ]', umount: '' });
  await using directory = await temporaryDirectory('recon-mount-');
  const path = join(directory.path, 'deep/image');
  {
    await using mounted = await mountReadOnly('/image', path, 'ext4', ['noload']);
    assert.equal(mounted.path, path);
    assert.equal(await exists(path), true);
    assert.equal((await programs.calls()).length, 1);
  }
  assert.deepEqual(await programs.calls(), [
    ['mount', '-t', 'ext4', '-o', 'ro,loop,noload', '/image', path],
    ['umount', path],
  ]);
  await assert.rejects(mountReadOnly('/image', path, 'vfat'), { code: 'command-failed' });
});

it('takes a mount away at once that another namespace of the host still holds', async () => {
  await using programs = await fakePrograms({ mount: '', umount: '[ "$1" = --lazy ]' });
  await using directory = await temporaryDirectory('recon-mount-');
  await (await mountReadOnly('/image', directory.path, 'ext4'))[Symbol.asyncDispose]();
  assert.deepEqual((await programs.calls()).slice(1), [
    ['umount', directory.path],
    ['umount', '--lazy', directory.path],
  ]);
});

const KEYGEN = `case "$*" in *-l*) echo ' 256 SHA256:abc recon ' ;; *) touch "$(dirname "$0")/made" ;; esac`;

it('lets the holder of the key log in, and says by what this machine is known', async (t) => {
  const at = await movedRoot(t);
  await using programs = await fakePrograms({ 'ssh-keygen': KEYGEN, systemctl: '' });
  const lines: string[] = [];
  const log: Log = { ...silentLog, info: (line) => lines.push(line), warn: assert.fail };
  await startRemoteLogin('ssh-ed25519 AAAA me', log);
  const keys = at('/run/recon/ssh/authorized_keys');
  assert.equal(await readFile(keys, 'utf8'), 'ssh-ed25519 AAAA me\n');
  assert.equal((await stat(keys)).mode & 0o777, 0o600);
  assert.deepEqual(
    (await programs.calls()).map((words) => words.join(' ')),
    [
      'ssh-keygen -q -t ed25519 -N  -C recon -f /run/recon/ssh/host_key',
      'systemctl start --no-block recon-ssh.service',
      'ssh-keygen -l -f /run/recon/ssh/host_key.pub',
    ],
  );
  assert.deepEqual(lines, ['remote login is on, for the key of recon.yaml only: ssh root@… 256 SHA256:abc recon']);
});

it('keeps the host key of this boot, and is inventoried without remote login', async (t) => {
  await movedRoot(t, { '/run/recon/ssh/host_key': 'x' });
  await using programs = await fakePrograms({ 'ssh-keygen': KEYGEN, systemctl: 'echo no such unit >&2; exit 5' });
  const lines: string[] = [];
  await startRemoteLogin('key', { ...silentLog, info: assert.fail, warn: (line) => lines.push(line) });
  assert.deepEqual(
    (await programs.calls()).map(([name]) => name),
    ['systemctl'],
  );
  assert.match(lines.join('\n'), /^remote login could not be started: systemctl .*no such unit/);
  assert.equal((await run(['true'], { timeoutMs: 60_000 })).status, 'ok');
});
