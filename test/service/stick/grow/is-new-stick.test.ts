import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FatEntry } from '../../../../src/platform/fat/directory-slots.ts';
import type { FatVolume } from '../../../../src/platform/fat/fat-volume.ts';
import { isNewStick } from '../../../../src/service/stick/grow/is-new-stick.ts';

/** Of a volume only what is looked at: the names in its root, and one file's text. */
function stick(files: Readonly<Record<string, string>>): FatVolume {
  const entries = Object.keys(files).map(
    (name): FatEntry => ({
      ...{ name, isDirectory: files[name] === '/', cluster: 2, sizeBytes: 1, isSound: true, slots: [0] },
    }),
  );
  const none = async (): Promise<never> => assert.fail('not asked for');
  return {
    directory: async () => ({
      ...{ entries, clusters: [], startsWithDot: false, isHidden: () => false, holes: [], strays: [], placesOf: () => [] },
    }),
    read: async ({ name }) => Buffer.from(files[name] ?? ''),
    ...{ clustersOf: () => [], isWhole: () => true, free: none },
    pieces: async function* () {},
  };
}

for (const [title, files] of [
  ['as the builder made it', { 'README.txt': 'x', 'recon.yaml': '# grow: true\r\n' }],
  ['with settings, tools and images', { 'recon.yaml': 'site: hall-3\r\n', tools: '/', isos: '/', pool: '/', 'expected.csv': 'a' }],
  ['with what Windows leaves on each volume', { 'System Volume Information': '/', 'recon.yaml': 'grow: true\n', $RECYCLE: '/' }],
  ['without a recon.yaml', {}],
] as const)
  test(`new: ${title}`, async () => assert.deepEqual(await isNewStick(stick(files)), { isNew: true }));

for (const [title, files, reason, isUsual] of [
  ['records', { records: '/' }, /^it has been used: records is on it$/, true],
  ['encrypted records', { encrypted: '/' }, /encrypted is on it/, true],
  ['a visit', { 'visits.jsonl': '{}' }, /visits.jsonl is on it/, true],
  ['the ledger of a third visit', { 'ledger-3.jsonl': '{}' }, /ledger-3.jsonl is on it/, true],
  ['a tarball', { 'recon-hall-3-2026-11-21.tar.gz.age': 'x' }, /tar.gz.age is on it/, true],
  ['grow: false', { 'RECON.YAML': 'grow: false\n' }, /^RECON.YAML says so$/, false],
  ['a mistake that may have meant it', { 'recon.yaml': 'grwo: false\n' }, /^recon.yaml cannot be read without doubt$/, false],
  ['settings under another name', { 'recon.yml': 'grow: false\n' }, /^recon.yml cannot be read without doubt$/, false],
  ['two files of settings', { 'recon.yaml': '', 'recon.yaml.txt': 'grow: false' }, /cannot be read without doubt$/, false],
] as const)
  test(`left as it is: ${title}`, async () => {
    const state = await isNewStick(stick(files));
    assert.ok(!state.isNew);
    assert.match(state.reason, reason);
    assert.equal(state.isUsual, isUsual);
  });
