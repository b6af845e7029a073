import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { run } from '../../../../src/platform/process/command.ts';

const INIT = join(import.meta.dirname, '../../../../recipes/images/ramdisk/compute/init');
const PROGRAMS = ['chroot', 'mkswap', 'swapon', 'mount', 'umount', 'wget'];

/** Memory as the kernel counts it, and the class of what is on the bus, by the name of its driver. */
interface SmallMachine {
  totalKib: number;
  /** once the drivers are given back */
  availableKib?: number;
  bus?: Record<string, string>;
  hasZram?: boolean;
  /** whether this kernel's tmpfs knows `noswap` */
  hasNoswap?: boolean;
}

/** Runs words of compute's init with the shell of this host, on a machine that is made up; what it started, and what it wrote into the kernel's files. */
async function done(
  words: string,
  { totalKib, availableKib = 0, bus = {}, hasZram = true, hasNoswap = true }: SmallMachine,
): Promise<string[]> {
  await using directory = await temporaryDirectory('recon-small-');
  const [at, out] = [(path: string): string => join(directory.path, path), join(directory.path, 'done')];
  for (const path of ['bin', 'new/etc/udev', 'run/recon', 'sys/block/zram0', 'proc/sys/vm', 'bus'])
    await mkdir(at(path), { recursive: true });
  for (const [driver, kind] of Object.entries(bus)) {
    await mkdir(at(`bus/${driver}`));
    await writeFile(at(`bus/${driver}/class`), `${kind}\n`);
    await writeFile(at(`bus/${driver}/modalias`), `pci:${driver}\n`);
  }
  const meminfo = (kib: number): string => `MemTotal: ${totalKib} kB\nMemAvailable: ${kib} kB\n`;
  await writeFile(at('proc/meminfo'), meminfo(availableKib - 9216));
  await writeFile(at('given-back'), meminfo(availableKib));
  if (hasZram) await writeFile(at('sys/block/zram0/disksize'), '');
  const effects = new Map([['umount', `cp ${at('given-back')} ${at('proc/meminfo')}`]]);
  if (!hasNoswap) effects.set('mount', 'case "$*" in *noswap*) exit 1 ;; esac');
  for (const program of PROGRAMS) {
    await writeFile(at(`bin/${program}`), `#!/bin/sh\necho ${program} "$@" >> ${out}\n${effects.get(program) ?? ''}\n`);
    await chmod(at(`bin/${program}`), 0o755);
  }
  const init = await readFile(INIT, 'utf8');
  const functions = init
    .slice(init.indexOf('too_little_ram()'), init.indexOf('\nnetwork ||'))
    .replaceAll(/\/(sys\/block|proc|run)\//g, `${directory.path}/$1/`)
    .replaceAll('/sys/bus/pci/devices', at('bus'))
    .replaceAll('/modules.sqfs', at('modules.sqfs'));
  const stand = `fail() { echo fail "$1" >> ${out}; exit 0; }\nnew=${at('new')}\n`;
  await writeFile(at('script'), `${functions}\n${stand}${words}\n`);
  const result = await run(['sh', '-u', at('script')], { timeoutMs: 60_000, environment: { PATH: `${at('bin')}:${process.env['PATH']}` } });
  assert.equal(result.status, 'ok', result.stderr.toString());
  const started = (await readFile(out, 'utf8').catch(() => '')).trim().split('\n');
  const written = await Promise.all(
    ['new/etc/udev/udev.conf', 'sys/block/zram0/disksize', 'proc/sys/vm/swappiness'].map((path) =>
      readFile(at(path), 'utf8').catch(() => ''),
    ),
  );
  return [...started, ...written].map((line) => line.trim().replaceAll(`${directory.path}/`, '')).filter((line) => line !== '');
}

const BUS = { ahci: '0x010601', nvme: '0x010802', qat: '0x0b4000', nic: '0x020000' };

test('a machine with little RAM drives its controllers of disks while memory is whole, and then packs what lies idle', async () => {
  assert.deepEqual(await done('spare_memory', { totalKib: 393_216, bus: BUS }), [
    'chroot new /usr/sbin/modprobe -a -q -b pci:ahci pci:nvme',
    'chroot new /usr/sbin/modprobe -q zram',
    'mkswap /dev/zram0',
    'swapon /dev/zram0',
    'children_max=2',
    '196608K',
    '150',
  ]);
});

test('a machine without controllers, and a kernel without zram, go on all the same', async () => {
  assert.deepEqual(await done('spare_memory', { totalKib: 150_000, hasZram: false }), [
    'chroot new /usr/sbin/modprobe -q zram',
    'children_max=2',
  ]);
});

test('a machine with enough RAM is left as it is', async () => {
  assert.deepEqual(await done('spare_memory', { totalKib: 393_217, bus: BUS }), []);
});

test('a root that does not fit is refused before it is fetched, and counted without the drivers', async () => {
  const fetched = `size=$((70 * 1048576)) url=u wanted=
stat() { echo $size; }
fetch_squashfs`;
  const need = 70 * 1024 + 24_576;
  assert.deepEqual(await done(fetched, { totalKib: 150_000, availableKib: need }), ['umount /lib/modules', 'fail too-little-ram']);
  const [given, lay, get] = await done(fetched, { totalKib: 150_000, availableKib: need + 1 });
  assert.deepEqual([given, lay], ['umount /lib/modules', 'mount -t tmpfs -o size=90%,mode=0700,noswap image /layers']);
  assert.match(get ?? '', /^wget .* u$/);
});

test('a kernel whose tmpfs knows no noswap has the root in RAM, too', async () => {
  const words = 'size=1 url=u wanted=\nstat() { echo $size; }\nfetch_squashfs';
  assert.deepEqual((await done(words, { totalKib: 150_000, availableKib: 100_000, hasNoswap: false })).slice(1, 3), [
    'mount -t tmpfs -o size=90%,mode=0700,noswap image /layers',
    'mount -t tmpfs -o size=90%,mode=0700 image /layers',
  ]);
});
