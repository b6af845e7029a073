import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { recoverVisits } from '../../src/desk/recover.ts';
import { verifyTarball } from '../../src/desk/verify.ts';
import { definedOnly } from '../../src/domain/values/defined-only.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { createSparseFile } from '../../src/platform/machine/disk-image-file.ts';
import { openRawImage } from '../../src/platform/machine/raw-image.ts';
import { runOk } from '../../src/platform/process/command.ts';
import { appendVisitLog } from '../../src/records/visit-log.ts';
import { openVisit } from '../../src/tarball/open-visit.ts';
import { signatureSentence } from '../../src/tarball/signature.ts';
import { chunksOf, recordFor } from '../master/fixture-records.ts';
import { roomyStore } from '../master/intake/roomy-store.ts';
import { R640, startOf } from '../master/visit/known-visit.ts';
import { makeFatImage } from '../platform/fat/fat-image.ts';
import { deskTarball, macOf } from './desk-fixture.ts';

/** A stick after a visit of three machines whose tarball is gone; what else is on it is as it may be after a yank. */
async function stickAt(root: string): Promise<void> {
  await deskTarball(root, ['S-1', 'S-2', 'S-3']);
  await rm(join(root, 'export'), { recursive: true });
  await writeFile(join(root, 'recon.yaml'), 'site: hall-3\n');
  const records = join(root, 'records');
  await rm(join(records, '0c-c4-7a-00-00-02/0001/receipt.json'));
  await mkdir(join(records, '0c-c4-7a-00-00-03/0002'));
  await writeFile(join(records, '0c-c4-7a-00-00-03/0002/record.json'), '{"schema');
  await mkdir(join(records, '52-54-~5'));
}

async function filesBelow(root: string): Promise<Record<string, Buffer>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [relative(root, path), await readFile(path)] as const)));
}

async function recovered(from: string, output: string): Promise<{ macs: string[]; said: string[]; site: string; createdAt: string }> {
  const said: string[] = [];
  const [only, ...others] = await recoverVisits(from, { output, warn: (sentence) => said.push(sentence) });
  assert.deepEqual([only, others], [{ path: output, machines: 3 }, []]);
  const told = { print: () => {}, onProgress: () => {}, checkSignature: signatureSentence, name: output };
  await assert.rejects(verifyTarball(output, told), { code: 'tarball-unsigned' });
  const visit = await openVisit(output);
  const macs: string[] = [];
  for await (const { mac } of visit.nodes()) macs.push(mac);
  return { macs: macs.sort(), said, site: visit.site, createdAt: visit.createdAt };
}

describe('recover', () => {
  it('makes a tarball of the records alone, says what is not as it should be, and changes nothing', async () => {
    await using directory = await temporaryDirectory('recon-recover-');
    const stick = join(directory.path, 'stick');
    await stickAt(stick);
    const before = await filesBelow(stick);
    const { macs, said, site, createdAt } = await recovered(stick, join(directory.path, 'out.tar.gz'));
    assert.deepEqual(macs, [0, 1, 2].map(macOf));
    assert.deepEqual([site, createdAt], ['hall-3', '2026-11-20T10:00:00.000Z']);
    assert.deepEqual(said, [
      'made of records/ without the master: machines that asked and never arrived stand in ledger.jsonl only',
      'records/0c-c4-7a-00-00-03/0002: half an upload is left out',
      'records/52-54-~5: its name is not that of a machine, it is left out',
      `${macOf(1)}: its record is whole, and the machine was never told so`,
    ]);
    assert.deepEqual(await filesBelow(stick), before);
    assert.deepEqual((await readdir(directory.path)).sort(), ['out.tar.gz', 'stick']);
    await recovered(join(stick, 'records'), join(directory.path, 'again.tar.gz'));
  });

  it('reads a stick that is not mounted: its partition, and the whole device', async () => {
    await using directory = await temporaryDirectory('recon-recover-');
    const [stick, partition, device] = ['stick', 'partition.img', 'device.img'].map((name) => join(directory.path, name));
    assert.ok(stick !== undefined && partition !== undefined && device !== undefined);
    await stickAt(stick);
    await makeFatImage(partition, await filesBelow(stick));
    const { macs } = await recovered(partition, join(directory.path, 'one.tar.gz'));
    assert.deepEqual(macs, [0, 1, 2].map(macOf));
    await createSparseFile(device, 1024 * 1024);
    await runOk(['dd', `if=${partition}`, `of=${device}`, 'bs=1M', 'seek=1', 'conv=sparse,notrunc', 'status=none'], { timeoutMs: 60_000 });
    {
      await using image = await openRawImage(device, 'read-write');
      const sector = Buffer.alloc(512);
      sector.writeUInt32LE(2048, 446 + 2 * 16 + 8);
      await image.write(0, sector);
    }
    assert.equal((await recovered(device, join(directory.path, 'two.tar.gz'))).site, 'hall-3');
  });

  it('says when there is nothing to recover, and never replaces a file', async () => {
    await using directory = await temporaryDirectory('recon-recover-');
    const output = join(directory.path, 'out.tar.gz');
    const recover = (from: string) => recoverVisits(from, { output, warn: () => {} });
    await assert.rejects(recover(join(directory.path, 'nowhere')), { code: 'not-found' });
    await assert.rejects(recover(directory.path), { code: 'not-found', message: /holds no records/ });
    await mkdir(join(directory.path, 'records'));
    await assert.rejects(recover(directory.path), { code: 'not-found' });
    await createSparseFile(join(directory.path, 'empty.img'), 1024 * 1024);
    await assert.rejects(recover(join(directory.path, 'empty.img')), { code: 'not-found', message: /no FAT32/ });
    await writeFile(output, 'mine');
    await assert.rejects(recover(directory.path), { code: 'usage' });
    assert.equal(await readFile(output, 'utf8'), 'mine');
  });

  it('makes one tarball for each visit, or only the one that is asked for', async () => {
    await using directory = await temporaryDirectory('recon-recover-');
    const stick = join(directory.path, 'stick');
    await mkdir(stick);
    await twoVisits(stick);
    const recover = async (name: string, visit?: string) => {
      const said: string[] = [];
      const options = { output: join(directory.path, name), warn: (sentence: string) => said.push(sentence), ...definedOnly({ visit }) };
      const made = await recoverVisits(stick, options);
      return { said, made: made.map(({ path, machines, visit: of }) => [relative(directory.path, path), machines, of?.number]) };
    };
    const all = await recover('out.tar.gz');
    assert.equal(
      all.said[0],
      'there are records of 3 visits: 0, of an older version of Recon (1 machine); visit 2, begun 2026-05-03 08:00 UTC (hall-2 on PowerEdge R640 B5RM2M2) (1 machine); visit 3, begun 2026-06-03 08:00 UTC (PowerEdge R640 B5RM2M2) (1 machine)',
    );
    assert.deepEqual(all.made, [
      ['out-visit-0.tar.gz', 1, undefined],
      ['out-visit-2.tar.gz', 1, 2],
      ['out-visit-3.tar.gz', 1, 3],
    ]);
    const [may, june] = [
      await openVisit(join(directory.path, 'out-visit-2.tar.gz')),
      await openVisit(join(directory.path, 'out-visit-3.tar.gz')),
    ];
    assert.deepEqual([may.site, may.createdAt, june.site, june.createdAt], ['hall-2', MAY, 'hall-3', JUNE]);
    assert.deepEqual(
      june.earlierVisits?.map(({ visit, machines }) => [visit?.number, machines]),
      [
        [undefined, 1],
        [2, 1],
      ],
    );
    const nodes: unknown[] = [];
    for await (const { visit, storedAt, record } of june.nodes())
      nodes.push([visit, storedAt, record.sections.system.status === 'ok' && record.sections.system.data.serial]);
    assert.deepEqual(nodes, [['0000000b', JUNE, 'S-1 in June']]);
    assert.deepEqual((await recover('two.tar.gz', '3')).made, [['two.tar.gz', 1, 3]]);
    assert.deepEqual((await recover('id.tar.gz', '0000000a')).made, [['id.tar.gz', 1, 2]]);
    await assert.rejects(recover('none.tar.gz', '7'), { code: 'usage', hint: /visit 2, begun 2026-05-03/ });
  });
});

const [MAY, JUNE] = ['2026-05-03T10:00:00.000Z', '2026-06-03T10:00:00.000Z'];

/** A stick that an older version has used, and then two visits of this one: one machine, three times. */
async function twoVisits(root: string): Promise<void> {
  await writeFile(join(root, 'recon.yaml'), 'site: hall-3\n');
  await deskTarball(root, ['S-1 before']);
  await rm(join(root, 'export'), { recursive: true });
  for (const [start, at, serial] of [
    [startOf({ id: '0000000a', number: 2, place: { ...R640, site: 'hall-2' } }), MAY, 'S-1 in May'],
    [startOf({ id: '0000000b', number: 3, begunAt: '2026-06-03T08:00:00.000Z' }), JUNE, 'S-1 in June'],
  ] as const) {
    await appendVisitLog(root, { begun: start, untold: [] });
    const visit = { start, own: [], ownAmong: async () => [], now: () => new Date(at) };
    const store = await roomyStore(root, { storage: 'stick', visit });
    const chunks = chunksOf(JSON.stringify(recordFor(serial)));
    await store.putRecord({ mac: macOf(0), chunks, lengthBytes: undefined, sha256: undefined, captureSha256: undefined });
  }
}
