import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { GUARD_ARGUMENTS } from '../../../src/domain/kernel-arguments.ts';
import { grubMachineScript } from '../../../src/pool/script/grub-script.ts';
import { inputOf } from './script-input.ts';

const golden = (name: string): string => readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8');
const root = { file: 'root.sqfs' as const, sha256: 'ab'.repeat(32), sizeBytes: 48_000_000 };
const image = { name: 'compute-debian-13', version: 3, base: 'http://10.10.0.1/images', root };

for (const [file, script] of [
  ['compute.grub', grubMachineScript(inputOf({ kind: 'compute', image: 'compute-debian-13@3', arguments: ['a=b;c'] }, { image }))],
  ['linux.grub', grubMachineScript(inputOf({ kind: 'linux', kernel: 'suse/linux', initrd: ['suse/initrd', 'http://x:81/y'] }))],
  ['hold.grub', grubMachineScript(inputOf({ kind: 'hold' }))],
] as const)
  test(`the script ${file}`, () => assert.equal(script, golden(file)));

test('an image is guarded as under iPXE', () => {
  const script = grubMachineScript(inputOf({ kind: 'compute', image: 'compute-debian-13@3' }, { image }));
  for (const guard of GUARD_ARGUMENTS) assert.ok(script.includes(` '${guard}'`), guard);
});

for (const [title, profile, change, words] of [
  ['its own disk', { kind: 'local-disk' }, {}, /\nset recon_leaves=y\n$/],
  ['a menu: what is preselected', { kind: 'menu', items: ['local-disk', 'mine'], default: 'mine' }, {}, /\nset recon_query='want=mine&'\n/],
  [
    'an ISO',
    { kind: 'iso', iso: 'x.iso' },
    { unfit: 'Secure Boot is on there' },
    /cannot boot .*Secure Boot is on there'[\s\S]*leaves=y\n$/,
  ],
  ['a script of iPXE', { kind: 'script', script: 'x.ipxe' }, {}, /needs iPXE'[\s\S]*leaves=y\n$/],
  ['an image that is not there', { kind: 'compute', image: 'compute-debian-13@3' }, {}, /has no image here'[\s\S]*leaves=y\n$/],
] as const)
  test(`under Secure Boot: ${title}`, () => assert.match(grubMachineScript(inputOf(profile, change)), words));
