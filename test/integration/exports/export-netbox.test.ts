import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../../../src/platform/process/command.ts';
import { exported } from '../../report/export/odd-visit.ts';
import { readCells } from '../../report/export/read-csv.ts';

/** NetBox reads its files with Python's csv; with its delimiter on "auto", Python guesses the dialect from the whole text. */
const READ = `
import csv, io, json, sys
text = json.load(sys.stdin).strip()
def rows(dialect): return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), dialect=dialect)]
try: guessed = csv.Sniffer().sniff(text, delimiters=',;|\\t')
except csv.Error: guessed = csv.excel
print(json.dumps({'comma': rows(csv.excel), 'auto': rows(guessed)}))
`;

test("Python's csv reads every file as it was written, also where it has to guess the delimiter", async (context) => {
  const { files } = await exported('netbox');
  for (const [file, text] of files) {
    const result = await run(['python3', '-c', READ], { timeoutMs: 60_000, input: JSON.stringify(text) });
    if (result.status === 'absent') return context.skip('python3 is not installed');
    assert.equal(result.exitCode, 0, result.stderr.toString());
    const read = JSON.parse(result.stdout.toString()) as { comma: string[][]; auto: string[][] };
    assert.deepEqual(read.comma, readCells(text), file);
    assert.deepEqual(read.auto, readCells(text), `${file}, guessed`);
  }
});
