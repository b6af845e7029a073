import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { withVisits } from '../../../src/desk/open-tarballs.ts';
import type { VisitStart } from '../../../src/domain/visit/visit-start.ts';
import { clearRecords } from '../../../src/master/intake/clear-records.ts';
import { newAgeKeys } from '../../../src/platform/archive/age.ts';
import { exists, temporaryDirectory } from '../../../src/platform/files/files.ts';
import { receiptText } from '../../../src/records/revisions.ts';
import type { SealedTarball } from '../../../src/seal/seal-tarball.ts';
import { deskTarball } from '../../desk/desk-fixture.ts';
import { startOf } from '../visit/known-visit.ts';

const MACHINE = 'records/0c-c4-7a-00-00-01';
const FINAL = 'recon-hall-3-2026-11-20-final.tar.gz.age';

/** A stick after a visit of two machines, with a file of its owner. */
async function visited(root: string, encryptTo?: string): Promise<{ sealed: SealedTarball; at: (name: string) => string }> {
  const at = (name: string): string => join(root, name);
  await writeFile(at('recon.yaml'), 'site: hall-3\n');
  await mkdir(at('partial'), { recursive: true });
  await writeFile(at('partial/52-54-00-aa-bb-cc.jsonl'), '{"path":"x","base64":"eA=="}\n');
  const sealed = await deskTarball(root, ['S-100', 'S-101'], { directory: root, ...(encryptTo === undefined ? {} : { encryptTo }) });
  return { sealed, at };
}

async function everything(root: string): Promise<string[]> {
  return (await readdir(root, { recursive: true })).sort();
}

test('only the encrypted tarball and what the owner brought is left, and zeros were written before anything was removed', async () => {
  await using directory = await temporaryDirectory('recon-clear-');
  const { identity, recipient } = await newAgeKeys();
  const { sealed, at } = await visited(directory.path, recipient);
  let syncs = 0;
  const sync = async (): Promise<void> => {
    syncs += 1;
    if (syncs === 1) {
      assert.deepEqual([await exists(at(FINAL)), await exists(at(sealed.name))], [true, false]);
      assert.notEqual((await readFile(at(`${MACHINE}/0001/record.json`)))[0], 0, 'overwritten before the tarball has its last name');
    }
    if (syncs !== 2) return;
    for (const name of [`${MACHINE}/0001/record.json`, `${MACHINE}/0001/receipt.json`, 'ledger.jsonl', 'partial/52-54-00-aa-bb-cc.jsonl']) {
      const bytes = await readFile(at(name));
      assert.ok(bytes.length > 0 && bytes.every((byte) => byte === 0), `${name} is not overwritten`);
    }
  };
  const outcome = await clearRecords({ directory: directory.path, sealed, sync });
  assert.deepEqual(outcome, { outcome: 'cleared', name: FINAL, files: 6, left: [] });
  assert.equal(syncs, 3);
  assert.deepEqual(await everything(directory.path), ['recon.yaml', FINAL].sort());
  await writeFile(at('key'), identity);
  await withVisits([at(FINAL)], { identity: at('key'), warn: assert.fail }, async ([visit]) => {
    const nodes = [];
    for await (const node of visit?.nodes() ?? []) if (node.origin === undefined) nodes.push(node.mac);
    assert.deepEqual(nodes, ['0c:c4:7a:00:00:01', '0c:c4:7a:00:00:02']);
  });
});

test('a later visit of the same day does not touch what is in the first tarball', async () => {
  await using directory = await temporaryDirectory('recon-clear-');
  const { recipient } = await newAgeKeys();
  const first = await visited(directory.path, recipient);
  const sync = async (): Promise<void> => {};
  await clearRecords({ directory: directory.path, sealed: first.sealed, sync });
  const before = await readFile(first.at(FINAL));
  const { sealed, at } = await visited(directory.path, recipient);
  const outcome = await clearRecords({ directory: directory.path, sealed, sync });
  assert.equal(outcome.outcome === 'cleared' && outcome.name, FINAL.replace('final', 'final-2'));
  assert.deepEqual(await readFile(at(FINAL)), before);
});

for (const [what, spoil, reason] of [
  ['a tarball without a key', (sealed: SealedTarball) => sealed, /not encrypted/],
  ['a note of the master', (sealed: SealedTarball) => ({ ...sealed, notes: ['capture: cut'] }), /capture: cut/],
  ['a tarball of unknown content', ({ holds: _holds, ...sealed }: SealedTarball) => sealed, /not known what it holds/],
  ['another hash on the medium', (sealed: SealedTarball) => ({ ...sealed, sha256: '00'.repeat(32) }), /does not read back/],
] as const) {
  test(`nothing is removed because of ${what}`, async () => {
    await using directory = await temporaryDirectory('recon-clear-');
    const { recipient } = await newAgeKeys();
    const { sealed, at } = await visited(directory.path, what.includes('without') ? undefined : recipient);
    const before = await everything(directory.path);
    const outcome = await clearRecords({ directory: directory.path, sealed: spoil(sealed), sync: assert.fail });
    assert.match(outcome.outcome === 'kept' ? outcome.reason : outcome.outcome, reason);
    assert.deepEqual(await everything(directory.path), before);
    assert.match(await readFile(at(`${MACHINE}/0001/record.json`), 'utf8'), /S-100/);
  });
}

test('a machine or a newer record that the tarball does not hold stays, and is named; older ones go', async () => {
  await using directory = await temporaryDirectory('recon-clear-');
  const { recipient } = await newAgeKeys();
  const { sealed, at } = await visited(directory.path, recipient);
  for (const name of [`${MACHINE}/0002`, 'records/52-54-00-00-00-99/0001']) {
    await mkdir(at(name), { recursive: true });
    await writeFile(at(`${name}/record.json`), 'damaged');
  }
  await writeFile(at('records/note.txt'), 'of somebody');
  const outcome = await clearRecords({ directory: directory.path, sealed, sync: async () => {} });
  assert.deepEqual(outcome.outcome === 'cleared' && outcome.left, [MACHINE, 'records/52-54-00-00-00-99', 'records/note.txt']);
  assert.deepEqual(await readdir(at(MACHINE)), ['0002']);
  assert.equal(await readFile(at('records/52-54-00-00-00-99/0001/record.json'), 'utf8'), 'damaged');

  await using other = await temporaryDirectory('recon-clear-');
  const older = await visited(other.path, recipient);
  const holds = (older.sealed.holds ?? []).map((revision) => ({ ...revision, revision: 2 }));
  await clearRecords({ directory: other.path, sealed: { ...older.sealed, holds }, sync: async () => {} });
  assert.equal(await exists(older.at('records')), false);
});

test('what earlier visits left stays readable and is named, with what tells the visits apart', async () => {
  await using directory = await temporaryDirectory('recon-clear-');
  const { recipient } = await newAgeKeys();
  const { sealed, at } = await visited(directory.path, recipient);
  const [may, june] = [startOf({ id: '0000000a' }), startOf({ id: '0000000b', number: 2 })];
  const receipt = (start: VisitStart): string =>
    receiptText({ recordSha256: '0'.repeat(64), revision: 1, storage: 'stick', masterSequence: 1, visit: start });
  // 0001 is of May, 0002 is one of June that the tarball holds the successor of, 0003 is in the tarball, and 0004 was found without a receipt
  for (const [name, content] of [
    [`${MACHINE}/0001/receipt.json`, receipt(may)],
    [`${MACHINE}/0002/receipt.json`, receipt(june)],
    [`${MACHINE}/0003/receipt.json`, receipt(june)],
    [`${MACHINE}/0004/record.json`, '{}'],
    ['records/0c-c4-7a-00-00-02/0001/receipt.json', receipt(june)],
    ['ledger-2.jsonl', '{}'],
    ['partial/52-54-00-aa-bb-cc.2.jsonl', '{}'],
    ['visits.jsonl', '{}'],
  ] as const) {
    await mkdir(dirname(at(name)), { recursive: true });
    await writeFile(at(name), content);
  }
  const holds = (sealed.holds ?? []).map((one, index) => ({ ...one, revision: index === 0 ? 4 : 1 }));
  const visit = { start: june, own: [{ directory: at(`${MACHINE}/0004`) }] };
  const outcome = await clearRecords({ directory: directory.path, sealed: { ...sealed, holds }, visit, sync: async () => {} });
  assert.deepEqual(outcome.outcome === 'cleared' && outcome.left, [
    MACHINE,
    'partial/52-54-00-aa-bb-cc.jsonl',
    'ledger.jsonl',
    'visits.jsonl',
  ]);
  assert.deepEqual(await readdir(at(MACHINE)), ['0001']);
  assert.equal(await readFile(at(`${MACHINE}/0001/receipt.json`), 'utf8'), receipt(may));
  assert.deepEqual([await exists(at('ledger-2.jsonl')), await readdir(at('partial'))], [false, ['52-54-00-aa-bb-cc.jsonl']]);

  await using alone = await temporaryDirectory('recon-clear-');
  const only = await visited(alone.path, recipient);
  await writeFile(only.at('visits.jsonl'), 'where and when');
  await rm(only.at('partial'), { recursive: true });
  let zeros: Buffer | undefined;
  const sync = async (): Promise<void> => {
    if (await exists(only.at('visits.jsonl'))) zeros = await readFile(only.at('visits.jsonl'));
  };
  const cleared = await clearRecords({ directory: alone.path, sealed: only.sealed, sync });
  assert.deepEqual(cleared, { outcome: 'cleared', name: FINAL, files: 6, left: [] }, 'two records with their receipts, ledger and visits');
  assert.equal(
    zeros?.every((byte) => byte === 0),
    true,
  );
  assert.equal(await exists(only.at('visits.jsonl')), false);
});

test('what cannot be told to be of this visit stays, with what tells the visits apart', async () => {
  await using directory = await temporaryDirectory('recon-clear-');
  const { recipient } = await newAgeKeys();
  const { sealed, at } = await visited(directory.path, recipient);
  const june = startOf({ id: '0000000b', number: 2 });
  const own = ['0001', '0002'].map((name) => ({ directory: at(`${MACHINE}/${name}`) }));
  // 0002 was found without a receipt, 0003 has none and nobody knows it, 0004 has one of a version that knew no visits
  const unstamped = receiptText({ recordSha256: '0'.repeat(64), revision: 4, storage: 'stick', masterSequence: 1 });
  for (const [name, content] of [
    [`${MACHINE}/0002/record.json`, '{}'],
    [`${MACHINE}/0003/record.json`, '{}'],
    [`${MACHINE}/0004/receipt.json`, unstamped],
    ['visits.jsonl', '{}'],
  ] as const) {
    await mkdir(dirname(at(name)), { recursive: true });
    await writeFile(at(name), content);
  }
  await rm(at('records/0c-c4-7a-00-00-02'), { recursive: true });
  await rm(at('partial'), { recursive: true });
  await rm(at('ledger.jsonl'), { force: true });
  const holds = (sealed.holds ?? []).slice(0, 1).map((one) => ({ ...one, revision: 4 }));
  const outcome = await clearRecords({
    ...{ directory: directory.path, sealed: { ...sealed, holds }, visit: { start: june, own }, sync: async () => {} },
  });
  assert.deepEqual(outcome.outcome === 'cleared' && outcome.left, [MACHINE, 'visits.jsonl'], 'one machine is enough to keep it');
  assert.deepEqual(await readdir(at(MACHINE)), ['0003', '0004']);
  assert.equal(await readFile(at('visits.jsonl'), 'utf8'), '{}');
});
