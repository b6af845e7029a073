import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { readSiteSettings } from '../../src/settings/site-settings-file.ts';

async function read(files: Readonly<Record<string, string | Buffer>>) {
  await using directory = await temporaryDirectory('recon-lists-');
  for (const [name, content] of Object.entries(files)) await writeFile(join(directory.path, name), content);
  const said: string[] = [];
  const outcome = await readSiteSettings(directory.path, (line) => said.push(line));
  return { outcome, said };
}

const LIST = 'serial;Foo\nA1;x\nA2;y\n';
const HINT =
  'expected.csv (2 machines: 2 by serial number; ignored: column Foo) is not read: recon.yaml does not name it; write there "expected:" and below it, indented, "file: expected.csv"';

test('a list that nobody names is told, with or without recon.yaml', async () => {
  assert.deepEqual((await read({ 'expected.csv': LIST })).said, [HINT]);
  assert.deepEqual((await read({ 'expected.csv': LIST, 'recon.yaml': 'site: a\n' })).said, [HINT]);
  assert.deepEqual(
    (await read({ 'Liste.CSV': 'serial\n1.2E+11\nA1\n' })).said[0]?.split(' is not read')[0],
    'Liste.CSV (a list of machines, with mistakes)',
  );
});

test('one that is named is not, nor is a file without machines, nor where the list is in recon.yaml', async () => {
  const named = await read({ 'expected.csv': LIST, 'recon.yaml': 'expected:\n  file: expected.csv\n' });
  assert.deepEqual(named.said, ['expected.csv: 2 machines: 2 by serial number; ignored: column Foo']);
  assert.deepEqual((await read({ 'empty.csv': '', '.hidden.csv': LIST, 'notes.txt': LIST })).said, []);
  assert.deepEqual((await read({ 'expected.csv': LIST, 'recon.yaml': 'expected:\n  machines:\n    - serial: A1\n' })).said, []);
});

test("a spreadsheet's own file is told as such, whatever it is called", async () => {
  for (const bytes of [Buffer.from('PK\x03\x04rest', 'latin1'), Buffer.from('d0cf11e0a1b11ae1', 'hex')]) {
    const { outcome } = await read({ 'list.csv': bytes, 'recon.yaml': 'expected:\n  file: list.csv\n' });
    assert.equal(outcome.outcome, 'wrong');
    assert.match(
      outcome.outcome === 'wrong' ? (outcome.mistakes[0] ?? '') : '',
      /^list\.csv: this is a spreadsheet's own file .* save it there as CSV/,
    );
  }
});

test('the address of a BMC may stand in recon.yaml', async () => {
  const { outcome } = await read({ 'recon.yaml': 'expected:\n  machines:\n    - bmcAddress: 10.0.0.7\n' });
  assert.deepEqual(outcome.outcome === 'read' ? outcome.settings.expected?.machines : outcome, [{ bmcAddress: '10.0.0.7' }]);
  const wrong = await read({ 'recon.yaml': 'expected:\n  machines:\n    - bmcAddress: bmc-7\n' });
  assert.match(wrong.outcome.outcome === 'wrong' ? (wrong.outcome.mistakes[0] ?? '') : '', /line 3: .*not an IP address/);
});
