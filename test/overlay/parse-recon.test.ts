import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { runOk } from '../../src/platform/process/command.ts';

const MODULE = join(import.meta.dirname, '../../overlay/usr/lib/dracut/modules.d/99recon');

/** The initrd's hooks in a mount namespace with a /run of its own. */
async function hooks(root: string, { medium = 'stick' }: { medium?: string }, ...lines: string[]): Promise<string> {
  const shell = [
    'mount -t tmpfs tmpfs /run',
    'mount --bind /dev/null /etc/hosts',
    'mkdir -p /run/prepared && echo "blacklist ahci" > /run/prepared/no-disk-drivers.conf',
    'echo "blacklist mpt3sas" > /run/prepared/no-controllers.conf',
    'cp() { command cp "/run/prepared/$(basename "$1")" "$2"; }',
    `getarg() { case "$1" in root=) echo ${root} ;; recon.medium=) echo ${medium} ;; BOOTIF=) echo 01-52-54-00-ab-34-56 ;; esac; }`,
    `hook() { . "${MODULE}/$1"; }`,
    ...lines,
  ];
  return runOk(['unshare', '--mount', 'sh', '-c', shell.join('\n')], { timeoutMs: 30_000 });
}

test('a machine that boots over the network loads no driver of its disks before the live system, which loads them again', async () => {
  const said = await hooks(
    'live:http://bang/install/recon/x.squashfs',
    {},
    'hook parse-recon.sh && cat /run/modprobe.d/*',
    'hook allow-disks.sh && ls /run/modprobe.d',
  );
  assert.equal(said.trim(), 'blacklist ahci');
});

test('one that boots from a stick or a CD loads drivers of disks, and no controllers; an installed copy may lie behind one', async () => {
  assert.equal((await hooks('live:CDLABEL=RECON', {}, 'hook parse-recon.sh; cat /run/modprobe.d/*')).trim(), 'blacklist mpt3sas');
  const onDisk = await hooks(
    'live:/dev/recon/stick',
    { medium: 'disk' },
    'hook parse-recon.sh; ls /run/modprobe.d 2> /dev/null || echo none',
  );
  assert.equal(onDisk.trim(), 'none');
});
