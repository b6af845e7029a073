import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bootPaths } from '../../../src/domain/image.ts';
import { consoleArguments } from '../../../src/domain/kernel-arguments.ts';
import { ARCHITECTURES, type Architecture, runsOn } from '../../../src/domain/values/architecture.ts';

for (const [architecture, loadedBy, fits] of [
  ['x86_64', 'x86_64', true],
  ['x86_64', 'i386', true],
  ['x86_64', 'arm64', false],
  ['arm64', 'arm64', true],
  ['arm64', 'x86_64', false],
  ['arm64', 'i386', false],
  ['x86_64', undefined, true],
  ['arm64', '', true],
] as const) {
  test(`an image for ${architecture} ${fits ? 'runs' : 'does not run'} where the loader says ${loadedBy ?? 'nothing'}`, () =>
    assert.equal(runsOn(architecture, loadedBy), fits));
}

test('no two architectures share a name or a loader', () => {
  const all = Object.values(ARCHITECTURES);
  for (const words of [all.map(({ machine }) => machine), all.map(({ debian }) => debian), all.flatMap<string>(({ loadedBy }) => loadedBy)])
    assert.equal(new Set(words).size, words.length, words.join());
});

test('what boots lies where KIWI puts it, by its own name of the processor', () => {
  assert.equal(bootPaths().kernel, 'boot/x86_64/loader/linux');
  assert.deepEqual(bootPaths('arm64'), {
    kernel: 'boot/aarch64/loader/linux',
    initrd: 'boot/aarch64/loader/initrd',
    drivers: 'boot/aarch64/loader/drivers',
    rootImage: 'LiveOS/squashfs.img',
  });
});

test('the kernel is told of the screen and of the serial ports that such a machine has', () => {
  const ports = (architecture?: Architecture): string => consoleArguments(architecture).join(' ');
  assert.equal(ports(), 'console=tty0 console=ttyS0,115200n8 console=ttyS1,115200n8');
  assert.equal(ports('arm64'), 'console=tty0 console=ttyAMA0,115200n8 console=ttyS0,115200n8');
});
