import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { FORBIDDEN_ARGUMENTS, GUARD_ARGUMENTS } from '../../../src/domain/kernel-arguments.ts';
import { grubBootScript, grubStoredScript, grubTooSmallScript } from '../../../src/master/boot/grub.ts';
import { bootArguments } from '../../../src/master/boot/ipxe.ts';
import { SCRIPT_INPUT } from './script-input.ts';

const golden = (name: string): string => readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8');
const input = SCRIPT_INPUT;

describe('scripts for GRUB under Secure Boot', () => {
  it('boots a peer', () => assert.equal(grubBootScript(input), golden('boot.grub')));
  it('says what the kernel is told by iPXE as well, but for the names of iPXE itself', () => {
    const words = [...grubBootScript(input).matchAll(/'([^' ]+)'/g)].map(([, word]) => word ?? '');
    const told = bootArguments(input)
      .filter((word) => !word.startsWith('initrd='))
      .map((word) => word.replace(/^BOOTIF=.*/, 'BOOTIF=01-52-54-00-12-34-56'));
    assert.deepEqual(words, told);
    for (const guard of GUARD_ARGUMENTS) assert.ok(words.includes(guard), guard);
    for (const word of words) for (const forbidden of FORBIDDEN_ARGUMENTS) assert.doesNotMatch(word, forbidden);
  });
  it('leaves on a processor that the image does not run on, and what a client sent stays words', () => {
    const script = grubBootScript({ ...input, buildArchitecture: "arm64'; reboot '" });
    assert.match(script, /^echo 'Recon: 52:54:00:12:34:56 has a processor of type arm64'\\''; reboot '\\'', and/);
    assert.match(script, /\nset recon_leaves=y\n$/);
  });
  it('boots a peer of the processor that the image is for, and leaves on every other', () => {
    const image = { ...input.image, architecture: 'arm64' } as const;
    const script = grubBootScript({ ...input, image, buildArchitecture: 'arm64' });
    assert.match(script, /^ *if linux .* 'console=ttyAMA0,115200n8' /m);
    assert.match(grubBootScript({ ...input, image, buildArchitecture: 'x86_64' }), /type x86_64, and this stick carries arm64 only/);
  });
  it('sends a machine whose record is stored to its own disk, unless Escape is pressed', () =>
    assert.equal(grubStoredScript({ mac: input.mac, revision: 3 }), golden('stored.grub')));
  it('says that there is too little memory, and leaves', () =>
    assert.match(
      grubTooSmallScript({ mac: input.mac, memoryBytes: 128 * 1024 ** 2, neededBytes: 300 * 1024 ** 2 }),
      /128 MiB, and kernel and initrd alone need 300 MiB[\s\S]*\nset recon_leaves=y\n$/,
    ));
});
