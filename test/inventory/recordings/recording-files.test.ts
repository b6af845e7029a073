import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { recording, recordingFile, recordings } from './recording-files.ts';

const MACHINES = join(import.meta.dirname, '../../machines');
const SMALL_BYTES = 1.5 * 1024 ** 2;
const manifest = readFileSync(join(MACHINES, 'MANIFEST.md'), 'utf8');
const files = readdirSync(MACHINES, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.parentPath !== MACHINES)
  .map(({ parentPath, name }) => relative(MACHINES, join(parentPath, name)));

test('the recordings of the repository are those of SHA256SUMS, byte for byte, and few', () => {
  const hashOf = (path: string): string =>
    createHash('sha256')
      .update(readFileSync(join(MACHINES, path)))
      .digest('hex');
  const lines = files.sort().map((path) => `${hashOf(path)}  ${path}\n`);
  assert.equal(lines.join(''), readFileSync(join(MACHINES, 'SHA256SUMS'), 'utf8'));
  const bytes = files.reduce((sum, path) => sum + readFileSync(join(MACHINES, path)).length, 0);
  assert.ok(bytes < SMALL_BYTES, `${bytes} bytes`);
});

test('MANIFEST.md names the source of each folder, and the licence that lies in it', () => {
  const rows = [...manifest.matchAll(/^\| `([\w-]+)` \| (\S.*) \| ([0-9a-f]{40})? ?\| (.+) \|$/gm)];
  assert.deepEqual(
    rows.map(([, folder]) => folder),
    [...new Set(files.map((path) => path.split('/')[0]))].sort(),
  );
  for (const [row, folder = '', , commit, licence = ''] of rows) {
    const name = /`(\S+)`$/.exec(licence)?.[1];
    if (folder === 'derived') continue;
    assert.ok(commit !== undefined && name !== undefined && existsSync(join(MACHINES, folder, name)), row);
  }
});

test('every recording that MANIFEST.md gives a reason for is there', () => {
  const reasons = manifest.slice(manifest.indexOf('## Twelve servers')).matchAll(/^\|[^|]*\| ((?:`[^`]+`(?:, )?)+) \|/gm);
  const named = [...reasons].flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''));
  assert.equal(named.length, 12);
  for (const name of named) {
    const pattern = new RegExp(`^${name.replaceAll('…', '.*')}`);
    assert.ok(
      files.some((path) => pattern.test(path)),
      name,
    );
  }
});

test('a packed recording is read as what was packed; a path that is none is said', () => {
  const path = 'jc/tests/fixtures/centos-7.7/dmidecode.out';
  assert.match(recording(path).toString('latin1'), /^# dmidecode/);
  assert.match(recordingFile(path), /\.gz$/);
  assert.deepEqual(recordings(path), [path]);
  assert.equal(recordings('ghw/').filter((name) => name.endsWith('.tar.gz')).length, 3);
  assert.throws(() => recording('nobody/nothing'), /there is no recording nobody\/nothing/);
});
