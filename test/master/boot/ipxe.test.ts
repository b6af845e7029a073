import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { FORBIDDEN_ARGUMENTS, GUARD_ARGUMENTS } from '../../../src/domain/kernel-arguments.ts';
import { bootArguments, bootScript, menuScript, storedScript, tooSmallScript } from '../../../src/master/boot/ipxe.ts';
import { SCRIPT_INPUT } from './script-input.ts';

const golden = (name: string): string => readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8');
const input = SCRIPT_INPUT;

describe('iPXE scripts', () => {
  it('has a menu that sends each machine to its own script', () => {
    assert.equal(menuScript({ base: 'http://10.77.0.1' }), golden('menu.ipxe'));
  });
  it('boots a peer', () => assert.equal(bootScript(input), golden('boot.ipxe')));
  it('loads the archive of rare drivers behind the initrd for a machine that needs it, and names it to the EFI stub', () => {
    const archive = 'drivers-13.0.1';
    const rare = bootScript({ ...input, withRareDrivers: true });
    const line = `initrd --name ${archive} http://10.77.0.1/install/recon/${archive} || goto failed\n`;
    assert.equal(rare.replace(line, '').replace(` initrd=${archive} `, ' '), bootScript(input));
    assert.ok(rare.indexOf(`initrd --name ${input.image.initrd}`) < rare.indexOf(line));
    assert.match(rare, / initrd=recon-token\.cpio initrd=initrd-13\.0\.1 initrd=drivers-13\.0\.1 root=/);
  });
  it('boots a 64-bit machine whose BIOS loader says i386', () => {
    assert.equal(bootScript({ ...input, buildArchitecture: 'i386' }), bootScript(input));
    assert.equal(bootScript({ ...input, buildArchitecture: undefined }), bootScript(input));
  });
  it('says clearly that arm64 cannot boot, and does not repeat what a client sent', () => {
    assert.equal(bootScript({ ...input, buildArchitecture: 'arm64' }), golden('unsupported.ipxe'));
    assert.ok(!bootScript({ ...input, buildArchitecture: 'x\nsanboot evil' }).includes('sanboot '));
  });
  it('sends a machine whose record is stored to its own disk, unless a key is pressed', () =>
    assert.equal(storedScript({ mac: input.mac, base: input.base, revision: 3 }), golden('stored.ipxe')));
  it('says in words that there is too little memory, and goes on with the local boot order', () =>
    assert.equal(tooSmallScript({ mac: input.mac, memoryBytes: 128 * 1024 ** 2, neededBytes: 300 * 1024 ** 2 }), golden('too-small.ipxe')));
  it('has every guard and no argument that makes something write to disks', () => {
    const words = bootArguments(input);
    for (const guard of GUARD_ARGUMENTS) assert.ok(words.includes(guard), guard);
    for (const word of words) for (const forbidden of FORBIDDEN_ARGUMENTS) assert.doesNotMatch(word, forbidden);
    assert.ok(!words.some((word) => word.startsWith('rd.live.ram')));
    const kernelLine =
      bootScript(input)
        .split('\n')
        .find((line) => line.startsWith('kernel ')) ?? '';
    for (const word of kernelLine.split(' ')) for (const forbidden of FORBIDDEN_ARGUMENTS) assert.doesNotMatch(word, forbidden);
  });
});
