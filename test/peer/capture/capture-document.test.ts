import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { CaptureIndex } from '../../../src/domain/capture.ts';
import { CAPTURE_COMMANDS } from '../../../src/peer/capture/commands/commands.ts';
import { normaliseDirectory } from '../../../src/peer/capture/directory.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';

const document = await readFile(join(import.meta.dirname, '../../../docs/capture.md'), 'utf8');

test('docs/capture.md names the output of every command', () => {
  const named = [...document.matchAll(/`([a-z][\w-]*(?:<[^>`]+>)?)\.out`/g)].map((match) => match[1] ?? '');
  const patterns = named.map((name) => new RegExp(`^${name.replace(/<[^>]+>$/, '.+')}$`));
  for (const rule of CAPTURE_COMMANDS) {
    const id = 'each' in rule ? `${rule.id}-x0` : rule.id;
    // it only tells which drives to ask; no fact of the record is taken from it
    if (id !== 'smartctl-scan')
      assert.ok(
        patterns.some((pattern) => pattern.test(id)),
        `docs/capture.md does not say what ${id}.out holds`,
      );
  }
});

test('the capture.json of docs/capture.md is a sound one', () => {
  const example = /\n( {4}\{[\s\S]*?\n {4}\})\n/.exec(document)?.[1];
  const index = CaptureIndex.parse(JSON.parse(example ?? ''));
  assert.deepEqual(
    index.commands.map((command) => command.status),
    ['ok', 'absent'],
  );
});

test('the smallest capture of docs/capture.md, a directory with one file, gives a record', async () => {
  await using work = await temporaryDirectory('recon-minimal-');
  await mkdir(join(work.path, 'raw'));
  await writeFile(
    join(work.path, 'raw/dmidecode.out'),
    'Handle 0x0001, DMI type 1, 27 bytes\nSystem Information\n\tManufacturer: Example\n\n',
  );
  const { sections } = await normaliseDirectory(work.path);
  assert.deepEqual(sections.system, { status: 'ok', durationMs: 0, data: { vendor: 'Example' } });
  for (const name of ['disks', 'nics', 'bmc', 'kernel'] as const) assert.equal(sections[name].status, 'absent', name);
});
