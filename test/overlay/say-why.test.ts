import assert from 'node:assert/strict';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { runOk } from '../../src/platform/process/command.ts';

const HOOK = join(import.meta.dirname, '../../overlay/usr/lib/dracut/modules.d/99recon/say-why.sh');

interface Plugged {
  name: string;
  bus: string;
  type?: string;
  label?: string;
  blockBytes?: number;
}

/** What the hook says on the console, in a machine where this is plugged in, as udev and sysfs tell it. */
async function said(root: string, plugged: readonly Plugged[]): Promise<string> {
  await using directory = await temporaryDirectory('recon-why-');
  const at = (...path: string[]): string => join(directory.path, ...path);
  await mkdir(at('udev'), { recursive: true });
  await mkdir(at('sys/dev/block'), { recursive: true });
  for (const [number, { name, bus, type, label, blockBytes = 512 }] of plugged.entries()) {
    const lines = [
      `E:ID_BUS=${bus}`,
      ...(type === undefined ? [] : [`E:ID_FS_TYPE=${type}`]),
      ...(label === undefined ? [] : [`E:ID_FS_LABEL=${label}`]),
    ];
    await writeFile(at('udev', `b8:${number}`), ['S:disk/by-path/x', ...lines, ''].join('\n'));
    await mkdir(at('sys/class/block', name, 'queue'), { recursive: true });
    await writeFile(at('sys/class/block', name, 'queue/logical_block_size'), `${blockBytes}\n`);
    await symlink(`../../class/block/${name}`, at('sys/dev/block', `8:${number}`));
  }
  // a pipe can be opened once more, as the console can
  const script = `{ getarg() { [ "$1" = root= ] && echo "${root}" || echo 10.77.0.1; }; recon_words=/proc/self/fd/1; . "${HOOK}"; } | cat`;
  const environment = { recon_udev: at('udev'), recon_sys: at('sys') };
  return await runOk(['sh', '-c', script], { timeoutMs: 30_000, environment });
}

const STICK = { name: 'sdb3', bus: 'usb', type: 'vfat', label: 'RECONDATA' };
const DISK = { name: 'sda1', bus: 'ata', type: 'vfat', label: 'RECON' };

for (const [title, root, plugged, words] of [
  [
    'Rufus in ISO mode',
    'live:/dev/recon/stick',
    [DISK, { name: 'sdb1', bus: 'usb', type: 'vfat', label: 'RECON' }],
    /files of the image were copied.*DD image mode/s,
  ],
  [
    'the same on NTFS',
    'live:/dev/recon/stick',
    [{ name: 'sdb1', bus: 'usb', type: 'ntfs', label: 'RECON' }],
    /files of the image were copied/,
  ],
  [
    'a stick with blocks of 4096 bytes',
    'live:/dev/recon/stick',
    [{ name: 'sdb', bus: 'usb', type: 'iso9660', label: 'RECON', blockBytes: 4096 }],
    /blocks of 4096 bytes.*another stick/s,
  ],
  ['a stick that went away, and a disk with our label', 'live:/dev/recon/stick', [DISK, STICK], /not readable as a USB or optical medium/],
  ['nothing at all', 'live:/dev/recon/stick', [], /not readable as a USB or optical medium/],
  ['a peer', 'live:http://10.77.0.1/x', [], /could not load the root image from 10.77.0.1/],
] as const)
  test(`the console says what to do: ${title}`, async () => {
    const text = await said(root, plugged);
    assert.match(text, words);
    assert.match(text, /Nothing was written to this machine/);
  });

test('the label is the volume id that the recipes give the ISO', async () => {
  for (const recipe of ['debian-13', 'suse-leap-15.1'])
    assert.match(await readFile(join(import.meta.dirname, `../../recipes/${recipe}/config.xml`), 'utf8'), /volid="RECON"/);
});
