import assert from 'node:assert/strict';
import { appendFile, mkdir, readdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { recoverVisits } from '../../../src/desk/recover.ts';
import { openStore } from '../../../src/master/intake/store.ts';
import { newAgeKeys } from '../../../src/platform/archive/age.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { encryptedStorage } from '../../../src/service/encrypted/encrypted-storage.ts';
import { openVisit } from '../../../src/tarball/open-visit.ts';
import { chunksOf, recordFor } from '../../master/fixture-records.ts';

const MAC = '52:54:00:00:00:01';
const FOLDER = 'encrypted/2026-11-29T10-00-00-000Z';

async function opened(root: string, stickSync: () => Promise<void> = async () => {}, keys?: { identity: string; recipient: string }) {
  const [stick, ramDirectory] = [join(root, 'stick'), join(root, 'ram')];
  await mkdir(stick, { recursive: true });
  const { identity, recipient } = keys ?? (await newAgeKeys());
  const data = await encryptedStorage({
    stick: {
      directory: stick,
      sync: stickSync,
      close: async () => undefined,
      medium: { look: async () => undefined, reopen: async () => {} },
    },
    ...{ ramDirectory, recipient, startedAt: new Date('2026-11-29T10:00:00Z') },
  });
  const { directory, sync, space } = data;
  const store = await openStore({ directory, storage: 'stick', log: silentLog, sequence: () => 1, sync, space, freeFloorBytes: 0 });
  const put = async (serial: string, mac = MAC) => {
    const chunks = chunksOf(JSON.stringify(recordFor(serial)));
    return store.putRecord({ mac, chunks, lengthBytes: undefined, sha256: undefined, captureSha256: undefined });
  };
  return { stick, data, store, put, identity, recipient };
}

async function contentOf(directory: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(files.map(async (path) => [path.slice(directory.length + 1), await readFile(path)] as const)));
}

describe('a stick whose records are encrypted as they arrive', () => {
  it('holds, when the receipt is given, record and receipt as ciphertext: no serial number, no address, no name of a machine', async () => {
    await using directory = await temporaryDirectory('recon-encrypted-');
    const { stick, put, data, store } = await opened(directory.path);
    await put('CANARY-1');
    const files = await contentOf(stick);
    assert.deepEqual(
      [...files.keys()].sort(),
      [1, 2].map((number) => `${FOLDER}/00000${number}.age`),
    );
    for (const [name, bytes] of files) {
      assert.match(bytes.toString('latin1'), /^age-encryption\.org\/v1\n/);
      assert.doesNotMatch(`${name}${bytes.toString('latin1')}`, /CANARY|52[:-]54|record|sn-/i);
    }
    assert.equal(store.latest().length, 1, 'the master reads its records in RAM');
    await data.sync();
    assert.equal((await contentOf(stick)).size, 2, 'nothing is written twice');
  });

  it('gives no receipt for what the stick did not take', async () => {
    await using directory = await temporaryDirectory('recon-encrypted-');
    let isGone = false;
    const { put, store } = await opened(directory.path, async () => {
      if (isGone) throw new Error('the stick is gone');
    });
    isGone = true;
    await assert.rejects(put('S-1'), /the stick is gone/);
    assert.equal(store.acknowledged(MAC), undefined);
    isGone = false;
    assert.equal((await put('S-1')).revision, 1);
  });

  it('gives no receipt for what the stick gives back otherwise than it was written', async () => {
    await using directory = await temporaryDirectory('recon-encrypted-');
    const folder = join(directory.path, 'stick', FOLDER);
    let isFailing = false;
    const { put } = await opened(directory.path, async () => {
      if (!isFailing) return;
      for (const name of await readdir(folder)) await appendFile(join(folder, name), 'rot');
    });
    isFailing = true;
    await assert.rejects(put('S-1'), { code: 'verify-failed' });
  });

  it('brings an encrypted tarball to the stick as it is, and removes only its own; nothing of another start is touched', async () => {
    await using directory = await temporaryDirectory('recon-encrypted-');
    const [may, june] = ['recon-hall-2026-05-01.tar.gz.age', 'recon-hall-2026-06-01.tar.gz.age'];
    await mkdir(join(directory.path, 'stick/encrypted/2026-05-01'), { recursive: true });
    await writeFile(join(directory.path, 'stick/encrypted/2026-05-01/000001.age'), 'of May');
    await writeFile(join(directory.path, 'stick', may), 'the tarball of May');
    const { stick, data } = await opened(directory.path);
    await writeFile(join(data.directory, june), 'first');
    await writeFile(join(data.directory, `.${june}.part`), 'half');
    await data.sync();
    assert.equal((await readFile(join(stick, june))).toString(), 'first');
    await rm(join(data.directory, june));
    await rm(join(data.directory, may));
    await data.sync();
    assert.deepEqual([...(await contentOf(stick)).keys()].sort(), ['encrypted/2026-05-01/000001.age', may]);
  });

  it('is opened at home by who has the identity, also without a tarball, and the later start counts', async () => {
    await using directory = await temporaryDirectory('recon-encrypted-');
    const first = await opened(directory.path);
    await first.put('S-OLD');
    await writeFile(
      join(first.data.directory, 'ledger.jsonl'),
      `${JSON.stringify({ sequence: 1, at: '2026-11-29T10:00:00.000Z', mac: MAC, stage: 'ack' })}\n`,
    );
    await first.data.close();
    await rm(first.data.directory, { recursive: true });
    const second = await opened(directory.path, undefined, first);
    await second.put('S-NEW');
    await second.data.close();
    assert.equal((await readdir(join(first.stick, 'encrypted'))).length, 2, 'the clock stood still, and nothing was written over');
    const identity = join(directory.path, 'key');
    await writeFile(identity, first.identity);
    const output = join(directory.path, 'out.tar.gz');
    await assert.rejects(recoverVisits(first.stick, { output, warn: assert.fail }), { code: 'identity-wrong', hint: /--identity/ });
    const told: string[] = [];
    await writeFile(join(first.stick, FOLDER, '000099.age'), 'half a file');
    assert.deepEqual(await recoverVisits(first.stick, { output, identity, warn: (sentence) => told.push(sentence) }), [
      { path: output, machines: 1 },
    ]);
    assert.match(told.join(' '), /000099\.age is left out/);
    const serials: unknown[] = [];
    for await (const node of (await openVisit(output)).nodes()) serials.push(JSON.stringify(node.record).includes('S-NEW'));
    assert.deepEqual(serials, [true]);
  });

  it('writes the ledger in pieces, and its last lines at the end', async () => {
    await using directory = await temporaryDirectory('recon-encrypted-');
    const { stick, data } = await opened(directory.path);
    await writeFile(join(data.directory, 'ledger.jsonl'), 'a line\n');
    await data.sync();
    assert.equal((await contentOf(stick)).size, 0);
    await appendFile(join(data.directory, 'ledger.jsonl'), 'x'.repeat(70_000));
    await data.sync();
    await appendFile(join(data.directory, 'ledger.jsonl'), 'the end\n');
    assert.equal(await data.close(), undefined);
    assert.equal((await contentOf(stick)).size, 2);
  });

  it('goes on after a restart of the service with what it has, and writes nothing twice', async () => {
    await using directory = await temporaryDirectory('recon-encrypted-');
    const first = await opened(directory.path);
    await first.put('S-1');
    await writeFile(join(first.data.directory, 'ledger.jsonl'), 'x'.repeat(70_000));
    await first.data.sync();
    const before = [...(await contentOf(first.stick)).keys()].sort();
    const again = await opened(directory.path, undefined, first);
    await again.data.sync();
    assert.deepEqual([...(await contentOf(again.stick)).keys()].sort(), before);
    assert.deepEqual((await again.put('S-1')).revision, 1, 'the same record again has its receipt');
    assert.equal((await contentOf(again.stick)).size, before.length);
  });

  it('writes again what is not on the stick when it is back, and removes what a broken run left', async () => {
    await using directory = await temporaryDirectory('recon-encrypted-');
    let fails = 0;
    const { stick, data, put, identity } = await opened(directory.path, async () => {
      if (fails-- > 0) throw new Error('EIO');
    });
    await put('S-1');
    await rm(join(stick, FOLDER, '000001.age'));
    await writeFile(join(stick, FOLDER, '000002.age'), 'cut');
    await writeFile(join(stick, FOLDER, '000050.age'), 'of nobody');
    await data.medium?.reopen();
    await data.sync();
    assert.deepEqual([...(await contentOf(stick)).keys()].sort(), [`${FOLDER}/000051.age`, `${FOLDER}/000052.age`]);
    for (fails = 3; fails > 0; ) await assert.rejects(put('S-2', '52:54:00:00:00:02'));
    assert.equal((await contentOf(stick)).size, 2, 'tries that fail leave nothing');
    await put('S-2', '52:54:00:00:00:02');
    assert.equal((await contentOf(stick)).size, 4);
    const [key, output] = [join(directory.path, 'key'), join(directory.path, 'out.tar.gz')];
    await writeFile(key, identity);
    assert.equal((await recoverVisits(stick, { output, identity: key, warn: () => {} }))[0]?.machines, 2);
  });

  it('a machine whose directory was made anew after a failure is written anew', async () => {
    await using directory = await temporaryDirectory('recon-encrypted-');
    const { stick, data, put } = await opened(directory.path);
    await put('S-1');
    const revision = join(data.directory, 'records/52-54-00-00-00-01/0001');
    const receipt = await readFile(join(revision, 'receipt.json'));
    await rm(revision, { recursive: true });
    await mkdir(revision);
    await writeFile(join(revision, 'record.json'), 'another');
    await writeFile(join(revision, 'receipt.json'), receipt);
    const before = [...(await contentOf(stick)).keys()];
    await data.sync();
    const after = [...(await contentOf(stick)).keys()];
    assert.deepEqual(
      after.filter((name) => before.includes(name)),
      [],
      'and what it takes the place of is gone',
    );
    assert.equal(after.length, 2);
  });

  it('counts the room on the stick less what waits for it, and the ciphertext of it', async () => {
    await using directory = await temporaryDirectory('recon-encrypted-');
    const { stick, data } = await opened(directory.path);
    await data.sync();
    const { bsize } = await statfs(stick);
    await mkdir(join(data.directory, 'incoming'), { recursive: true });
    const waiting = [join(data.directory, 'incoming/a'), join(data.directory, 'partial.jsonl')];
    const free = async (): Promise<number> => {
      const { bavail } = await statfs(stick);
      return bavail * bsize - (await data.space()).freeBytes;
    };
    const before = await free();
    for (const path of waiting) await writeFile(path, Buffer.alloc(20 * 1024 * 1024));
    const clusters = Math.ceil((20 * 1024 * 1024 + 5000) / bsize) * bsize;
    // others write to this file system, too
    assert.ok(Math.abs((await free()) - before - 2 * clusters) < 8 * 1024 * 1024, String((await free()) - before));
    const { sizeOnMedium, isRam } = await data.space();
    // both are on one file system here, and what waits is counted on the stick alone
    assert.equal(isRam, false);
    await data.sync();
    const [[, bytes] = []] = [...(await contentOf(join(stick, FOLDER)))];
    assert.ok(bytes !== undefined && sizeOnMedium !== undefined);
    const bound = sizeOnMedium(20 * 1024 * 1024);
    assert.ok(bytes.length <= bound && bytes.length > bound - 1000, `${bytes.length} of ${bound}`);
  });

  it('is not written over where the stick has what nobody can open: what is of another key is left out and told', async () => {
    await using directory = await temporaryDirectory('recon-encrypted-');
    const first = await opened(directory.path);
    await first.put('S-1');
    await rm(first.data.directory, { recursive: true });
    const second = await opened(directory.path);
    await second.put('S-2', '52:54:00:00:00:02');
    const [key, output, told] = [join(directory.path, 'key'), join(directory.path, 'out.tar.gz'), [] as string[]];
    await writeFile(key, second.identity);
    const found = await recoverVisits(second.stick, { output, identity: key, warn: (sentence) => told.push(sentence) });
    assert.equal(found[0]?.machines, 1);
    assert.match(told.join(' '), /000001\.age is left out: the identity opens/);
    await writeFile(key, (await newAgeKeys()).identity);
    const other = { output: `${output}2`, identity: key, warn: () => {} };
    await assert.rejects(recoverVisits(second.stick, other), {
      code: 'identity-wrong',
      message: /^encrypted\/[^ ]+\.age: the identity opens/,
    });
  });
});
