import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { type MergeOptions, mergeVisits } from '../../../src/desk/merge/merge.ts';
import { queryVisits } from '../../../src/desk/query.ts';
import { pseudonymsOf } from '../../../src/desk/share/pseudonyms.ts';
import { shareVisit } from '../../../src/desk/share/share.ts';
import { verifyTarball } from '../../../src/desk/verify.ts';
import { NodeRecord } from '../../../src/domain/record/node-record.ts';
import type { Stage } from '../../../src/domain/stages.ts';
import { makeDirectory } from '../../../src/platform/files/directories.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { movePath } from '../../../src/platform/files/move-path.ts';
import { sealTarball, type TarballInput } from '../../../src/seal/seal-tarball.ts';
import { openVisit } from '../../../src/tarball/open-visit.ts';
import { newSigningKey, signatureSentence, signingCode } from '../../../src/tarball/signature.ts';
import { isMachine, type Visit, type VisitNode } from '../../../src/tarball/visit.ts';
import { captureOf, chunksOf, recordFor, sha256Of } from '../../master/fixture-records.ts';
import { roomyStore } from '../../master/intake/roomy-store.ts';

const MAY = new Date('2026-05-01T12:00:00Z');
const JUNE = new Date('2026-06-01T12:00:00Z');
const mac = (at: number): string => `0c:c4:7a:00:00:${at.toString(16).padStart(2, '0')}`;

describe('several sticks, one inventory', async () => {
  const directory = await temporaryDirectory('recon-merge-');
  after(() => directory[Symbol.asyncDispose]());
  const key = newSigningKey();
  const may = await visitOf('may', MAY, { 1: 'S-1', 2: 'S-2' }, { missing: [mac(9), mac(3)], signingKey: key });
  const june = await visitOf('june', JUNE, { 2: 'S-2', 3: 'S-3', 7: 'S-1' }, { missing: [mac(9)] });

  it('has each machine once, with its newest record, by what it is and not by its address alone', async () => {
    const { visit, machines, said } = await merged('all', [june, may]);
    assert.equal(machines, 3);
    const nodes = await nodesOf(visit);
    assert.deepEqual(
      nodes.filter(isMachine).map((node) => [node.mac, node.source]),
      [
        [mac(2), 'june.tar.gz'],
        [mac(3), 'june.tar.gz'],
        [mac(7), 'june.tar.gz'],
      ],
    );
    const others = nodes.filter((node) => node.sameAs !== undefined).map((node) => [node.mac, node.sameAs, node.source]);
    assert.deepEqual(others.sort(), [
      [mac(1), mac(7), 'may.tar.gz'],
      [mac(2), mac(2), 'may.tar.gz'],
    ]);
    assert.deepEqual(said, []);
  });

  it('goes by what it was told when a clock was not set, and says so', async () => {
    const unset = await visitOf('unset', new Date('2001-01-01T00:10:00Z'), { 2: 'S-2' }, {});
    const newestOf = async (name: string, paths: string[]) => {
      const { visit, said } = await merged(name, paths);
      const nodes = (await nodesOf(visit)).filter((node) => isMachine(node) && node.mac === mac(2));
      return { source: nodes.map(({ source }) => source), said: said.join() };
    };
    const last = await newestOf('unset-last', [may, unset]);
    assert.deepEqual(last.source, ['unset.tar.gz']);
    assert.match(
      last.said,
      /^unset\.tar\.gz: the clock of the master was not set\. .* may\.tar\.gz, unset\.tar\.gz, the last one as the newest\.$/,
    );
    assert.deepEqual((await newestOf('unset-first', [unset, may])).source, ['may.tar.gz']);
  });

  it('keeps the captures of all records, and names what it was made of', async () => {
    const { visit, path } = await merged('captures', [may, june]);
    const files = new Map<string, string>();
    for await (const { folder, path: name, content } of visit.captureFiles()) files.set(`${folder} ${name}`, content.toString('utf8'));
    const earlier = (await nodesOf(visit)).find((node) => node.mac === mac(2) && node.sameAs !== undefined);
    assert.equal(files.get(`${earlier?.folder} capture.json`), 'capture of S-2 in may');
    assert.equal(files.get(`nodes/${mac(2).replaceAll(':', '-')} capture.json`), 'capture of S-2 in june');
    assert.equal(files.get(`nodes/${mac(1).replaceAll(':', '-')} capture.json`), 'capture of S-1 in may');
    assert.equal(files.size, 5);
    assert.match(
      await verified(path),
      new RegExp(`Merged from may\\.tar\\.gz \\(2 machines, code ${signingCode(key)}, SHA-256 [0-9a-f]{64}\\); june`),
    );
  });

  it('misses nobody who gave a record on another visit, and tells the ledger in the order of time', async () => {
    const { visit } = await merged('missing', [june, may]);
    const missing: string[] = [];
    for await (const row of visit.verdicts()) missing.push(`${row.mac} ${row.at}`);
    assert.deepEqual(missing, [`${mac(9)} ${JUNE.toISOString()}`]);
    const ledger: [number, string][] = [];
    for await (const event of visit.ledger()) ledger.push([event.sequence, event.at]);
    assert.deepEqual(
      ledger.map(([sequence]) => sequence),
      [0, 1, 2, 3, 4],
    );
    assert.deepEqual(
      ledger.map(([, at]) => at),
      ledger.map(([, at]) => at).sort(),
    );
  });

  it('checks each record once, as it reads it', async ({ mock }) => {
    // as a seal does it; a schema has its methods by getters, which mock.method does not know
    const check = mock.fn(NodeRecord.parse);
    Object.defineProperty(NodeRecord, 'parse', { configurable: true, value: check });
    await merged('once', [may, june]);
    Reflect.deleteProperty(NodeRecord, 'parse');
    assert.equal(check.mock.callCount(), 0);
  });

  it('counts a tarball that is given twice once, and says so', async () => {
    const { machines, said } = await merged('twice', [may, june, may]);
    assert.equal(machines, 3);
    assert.match(said.join(), /may\.tar\.gz is the same tarball as .*may\.tar\.gz/);
  });

  it('can be merged again, queried and given away', async () => {
    const first = await merged('first', [may, june]);
    const again = await merged('again', [first.path, await visitOf('july', new Date('2026-07-01T12:00:00Z'), { 5: 'S-5' })]);
    assert.equal(again.machines, 4);
    let answer = '';
    await queryVisits([again.visit], 'select source, count(*) n from machines group by 1 order by 1', {
      format: 'csv',
      print: (text) => (answer += text),
    });
    assert.equal(answer, 'source,n\r\njuly.tar.gz,1\r\njune.tar.gz,3\r\n');
    assert.equal((await nodesOf(again.visit)).filter((node) => node.origin === undefined).length, 6, 'older records are still there');
    const shared = join(directory.path, 'shared.tar.gz');
    assert.deepEqual(await shareVisit(again.visit, pseudonymsOf(Buffer.alloc(32, 1)), shared), { machines: 4 });
    await verified(shared);
  });

  it('does not hide that two records under one address are of two machines', async () => {
    const swapped = await visitOf('swapped', new Date('2026-08-01T12:00:00Z'), { 1: 'S-99' });
    const { visit, said, path } = await merged('dongle', [may, swapped]);
    assert.match(
      said.join(),
      /^0c:c4:7a:00:00:01: the records of swapped\.tar\.gz and may\.tar\.gz share this address and are of two machines; that of may\.tar\.gz is listed as 52:54:66:/,
    );
    const nodes = (await nodesOf(visit)).filter(isMachine);
    assert.deepEqual(nodes.map((node) => serialOf(node)).sort(), ['S-1', 'S-2', 'S-99']);
    assert.equal(nodes.find((node) => node.mac === mac(1))?.source, 'swapped.tar.gz', 'the address stays with the last');
    assert.match(await verified(path), /Noted when it was made: 0c:c4:7a:00:00:01/);
  });

  it('never replaces a file, and leaves nothing behind', async () => {
    await assert.rejects(merged('all', [may]), { code: 'usage', message: /all\.tar\.gz is there already/ });
    await writeFile(join(directory.path, 'full'), 'x');
    await assert.rejects(mergeVisits([await openVisit(may)], options(join(directory.path, 'full', 'x.tar.gz'))));
  });

  async function merged(name: string, paths: readonly string[]): Promise<{ visit: Visit; path: string; machines: number; said: string[] }> {
    const path = join(directory.path, `${name}.tar.gz`);
    const visits = await Promise.all(paths.map((one) => openVisit(one)));
    const said: string[] = [];
    const { machines } = await mergeVisits(visits, { ...options(path), warn: (sentence) => said.push(sentence) });
    return { visit: await openVisit(path), path, machines, said };
  }

  function options(output: string): MergeOptions {
    return { output, warn: () => {}, onProgress: () => {} };
  }

  async function visitOf(
    name: string,
    now: Date,
    serials: Readonly<Record<number, string>>,
    { missing = [], ...more }: { missing?: string[] } & Pick<Partial<TarballInput>, 'signingKey'> = {},
  ): Promise<string> {
    const root = join(directory.path, name);
    await makeDirectory(root);
    const store = await roomyStore(root);
    for (const [at, serial] of Object.entries(serials)) {
      const capture = captureOf({ 'capture.json': `capture of ${serial} in ${name}` });
      const captureSha256 = sha256Of(capture);
      await store.putCapture({ mac: mac(Number(at)), chunks: chunksOf(capture), lengthBytes: undefined, sha256: captureSha256 });
      const chunks = chunksOf(JSON.stringify(recordFor(serial)));
      await store.putRecord({ mac: mac(Number(at)), chunks, lengthBytes: undefined, sha256: undefined, captureSha256 });
    }
    const ledgerPath = join(root, 'ledger.jsonl');
    const stage: Stage = 'receipt';
    const lines = Object.keys(serials).map((at, sequence) => ({
      sequence,
      at: new Date(now.getTime() + sequence).toISOString(),
      mac: mac(Number(at)),
      stage,
    }));
    await writeFile(ledgerPath, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const sealed = await sealTarball({
      ...{ directory: join(root, 'export'), site: 'hall-3', imageVersion: '13.0.1', now, revisions: store.latest(), ledgerPath },
      missing: missing.map((one) => ({ mac: one, stage: 'kernel', at: now.toISOString(), address: undefined, detail: undefined })),
      replaces: undefined,
      ...more,
    });
    const path = join(directory.path, `${name}.tar.gz`);
    await movePath(sealed.path, path);
    return path;
  }
});

function serialOf({ record }: VisitNode): string | undefined {
  const { system } = record.sections;
  return system.status === 'ok' ? system.data.serial : undefined;
}

async function nodesOf(visit: Visit): Promise<VisitNode[]> {
  const nodes: VisitNode[] = [];
  for await (const node of visit.nodes()) nodes.push(node);
  return nodes;
}

/** A merged or shared tarball is whole, and nobody signed it. */
async function verified(path: string): Promise<string> {
  let said = '';
  const told = { print: (text: string) => (said += text), onProgress: () => {}, checkSignature: signatureSentence };
  await assert.rejects(verifyTarball(path, told), { code: 'tarball-unsigned' });
  return said;
}
