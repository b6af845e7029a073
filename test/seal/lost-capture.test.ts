import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { CAPTURE_FILE } from '../../src/records/revisions.ts';
import { sealTarball } from '../../src/seal/seal-tarball.ts';
import { captureOf, recordFor } from '../master/fixture-records.ts';
import { inputOf } from './seal-input.ts';
import { tarballFiles } from './tarball-files.ts';

const MACS = ['01', '02', '03', '04'].map((end) => `52:54:00:00:00:${end}`);

test('a capture that is gone, cannot be read or is cut costs itself alone: the record is in the tarball, and a note says so', async () => {
  await using directory = await temporaryDirectory('recon-seal-');
  const input = await inputOf(
    directory.path,
    MACS.map((mac) => [mac, JSON.stringify(recordFor(mac))]),
  );
  const revisions = input.revisions.map((revision) => ({ ...revision, captureSha256: 'any' }));
  const [, unreadable, cut, whole] = revisions.map((revision) => join(revision.directory, CAPTURE_FILE));
  const capture = captureOf({ 'capture.json': '{}' });
  await mkdir(unreadable ?? '');
  await writeFile(cut ?? '', capture.subarray(0, -12));
  await writeFile(whole ?? '', capture);
  const sealed = await sealTarball({ ...input, revisions });
  const files = await tarballFiles(await readFile(sealed.path));
  const nodes = MACS.map((mac) => `nodes/${mac.replaceAll(':', '-')}`);
  for (const node of nodes) assert.ok(files.has(`${node}/node.json`), node);
  assert.ok(files.has(`${nodes[3]}/capture/capture.json`));
  const { notes } = JSON.parse(files.get('manifest.json')?.toString('utf8') ?? '');
  assert.deepEqual(
    notes.map((note: string) => note.replace(/(its end: \w+).*/, '$1')),
    [
      `${nodes[0]}/capture: cannot be read to its end: ENOENT`,
      `${nodes[1]}/capture: cannot be read to its end: EISDIR`,
      `${nodes[2]}/capture: cannot be read to its end: unexpected`,
    ],
  );
});
