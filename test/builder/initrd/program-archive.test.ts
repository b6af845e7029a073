import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { splitProgram, withProgram } from '../../../src/builder/initrd/program-archive.ts';
import { addProgram } from '../../../src/builder/initrd/program-layer.ts';
import { PROGRAM_LAYER } from '../../../src/domain/image.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { runOk } from '../../../src/platform/process/command.ts';

const TIMEOUT = { timeoutMs: 60_000 };

test('golden: the archive behind an initrd of five bytes', async () => {
  const bytes = withProgram(Buffer.from('first'), Buffer.from('layer!'));
  const shown = bytes.toString('latin1').replaceAll(/\0+/g, (zeros) => `<${zeros.length}>\n`);
  assert.equal(shown, await readFile(join(import.meta.dirname, 'golden/program-archive.txt'), 'latin1'));
});

for (const length of [0, 1, 2, 3, 4, 511, 512, 513, 5000])
  test(`behind an initrd of ${length} bytes the archive begins where the kernel reads one, and both come out again`, async () => {
    const [initrd, layer] = [Buffer.alloc(length, 'i'), Buffer.alloc(length + 1, 'l')];
    const both = withProgram(initrd, layer);
    const start = both.indexOf('070701');
    assert.equal(start % 4, 0, 'the kernel looks for an archive at multiples of four only');
    assert.ok(both.subarray(length, start).every((byte) => byte === 0));
    const halves = splitProgram(both);
    assert.ok(halves.layer?.equals(layer));
    assert.ok(halves.initrd.equals(initrd), 'without the zeros after it, of which zstd takes none');
    await using directory = await temporaryDirectory('recon-program-');
    await writeFile(join(directory.path, 'archive'), both.subarray(start));
    await runOk(['cpio', '--quiet', '-i', '-d', '-F', 'archive'], { ...TIMEOUT, cwd: directory.path });
    assert.ok((await readFile(join(directory.path, PROGRAM_LAYER))).equals(layer), 'as cpio reads it');
  });

test('an initrd without a program is none of ours; one that names it in its own bytes is not cut there', () => {
  assert.equal(splitProgram(Buffer.from('no program here')).layer, undefined);
  const misleading = Buffer.from(`070701${PROGRAM_LAYER}\0`);
  assert.equal(splitProgram(misleading).layer, undefined);
  assert.ok(splitProgram(withProgram(misleading, Buffer.from('x'))).layer?.equals(Buffer.from('x')));
});

test('the kept initrd stays as it is; the same program gives the same bytes, another one others', async (t) => {
  if (process.geteuid?.() !== 0) return t.skip('needs root');
  await using directory = await temporaryDirectory('recon-program-');
  const at = (name: string): string => join(directory.path, name);
  await writeFile(at('initrd'), 'kept');
  const made: Buffer[] = [];
  for (const [folder, text] of [
    ['one', 'program'],
    ['two', 'program'],
    ['three', 'edited'],
  ] as const) {
    await mkdir(at(folder));
    await writeFile(join(at(folder), 'recon.cjs'), text);
    await addProgram({ program: at(folder), initrd: at('initrd'), to: at('made'), work: directory.path });
    made.push(await readFile(at('made')));
  }
  assert.equal(await readFile(at('initrd'), 'utf8'), 'kept');
  assert.ok(made[0]?.equals(made[1] ?? Buffer.alloc(0)));
  assert.ok(!made[0]?.equals(made[2] ?? Buffer.alloc(0)));
  await writeFile(at('layer'), splitProgram(made[2] ?? Buffer.alloc(0)).layer ?? '');
  assert.equal(await runOk(['unsquashfs', '-cat', at('layer'), 'recon.cjs'], TIMEOUT), 'edited');
});
