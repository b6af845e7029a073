import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { mergeVisits } from '../../src/desk/merge/merge.ts';
import type { NodeRecord } from '../../src/domain/record/node-record.ts';
import { makeDirectory } from '../../src/platform/files/directories.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { type SealedTarball, sealTarball } from '../../src/seal/seal-tarball.ts';
import { openVisit } from '../../src/tarball/open-visit.ts';
import type { Visit, VisitNode } from '../../src/tarball/visit.ts';
import { chunksOf, recordFor } from '../master/fixture-records.ts';
import { roomyStore } from '../master/intake/roomy-store.ts';
import { tarballFiles } from './tarball-files.ts';

const [HONEST, STRANGER, VICTIM] = ['52:54:00:00:00:01', '52:54:00:00:00:66', '52:54:00:00:00:07'];
type Sent = readonly [mac: string, record: NodeRecord, mayReplace: boolean];

async function sealed(root: string, month: string, sent: readonly Sent[]): Promise<SealedTarball> {
  let number = 0;
  const store = await roomyStore(root, { sequence: () => ++number });
  for (const [mac, record, mayReplace] of sent) {
    const upload = { mac, chunks: chunksOf(JSON.stringify(record)), lengthBytes: undefined, sha256: undefined, captureSha256: undefined };
    await store.putRecord({ ...upload, mayReplace });
  }
  return sealTarball({
    ...{ directory: join(root, 'export'), site: 'hall-3', imageVersion: '1', now: new Date(`2026-${month}-03T10:00:00Z`) },
    ...{ revisions: store.latest(), ledgerPath: join(root, 'none'), replaces: undefined },
    missing: [{ mac: VICTIM, stage: 'ack', at: undefined, address: undefined, detail: undefined }],
  });
}

/** It has another's numbers, and claims the port of a third. */
function forged(): NodeRecord {
  const record = recordFor('S-1');
  const { nics } = record.sections;
  const data = [...(nics.status === 'ok' ? nics.data : []), { name: 'eno9', permanentMac: VICTIM }];
  return { ...record, sections: { ...record.sections, nics: { status: 'ok', data } } };
}

async function nodesOf(visit: Visit): Promise<VisitNode[]> {
  const nodes: VisitNode[] = [];
  for await (const node of visit.nodes()) nodes.push(node);
  return nodes;
}

const listed = (nodes: readonly VisitNode[]) =>
  nodes
    .filter(({ origin }) => origin === undefined)
    .map(({ mac, sameAs, unleased }) => [mac, sameAs, unleased])
    .sort();

test('a record of a stranger takes the place of none in the tarball, claims no port, and is marked', async () => {
  await using directory = await temporaryDirectory('recon-unleased-');
  const { path } = await sealed(directory.path, '05', [
    [HONEST, recordFor('S-1'), true],
    [STRANGER, forged(), false],
  ]);
  assert.deepEqual(listed(await nodesOf(await openVisit(path))), [
    [HONEST, undefined, undefined],
    [STRANGER, HONEST, true],
  ]);
  const files = await tarballFiles(await readFile(path));
  assert.equal(JSON.parse(files.get('verdicts.jsonl')?.toString('utf8') ?? '').portOf, undefined);
});

test('alone it is listed, with a finding that says where it came from', async () => {
  await using directory = await temporaryDirectory('recon-unleased-');
  const visit = await openVisit((await sealed(directory.path, '05', [[STRANGER, recordFor('S-9'), false]])).path);
  const codes: string[] = [];
  for await (const { machine, code } of visit.findings()) codes.push(`${machine} ${code}`);
  assert.ok(codes.includes(`${STRANGER} record-unproven`), codes.join());
});

test('nor does it on another stick, with both merged', async () => {
  await using directory = await temporaryDirectory('recon-unleased-');
  const visitOf = async (month: string, sent: Sent): Promise<Visit> => {
    const root = join(directory.path, month);
    await makeDirectory(root);
    return openVisit((await sealed(root, month, [sent])).path);
  };
  const [may, june] = [await visitOf('05', [HONEST, recordFor('S-1'), true]), await visitOf('06', [HONEST, recordFor('S-1'), false])];
  const output = join(directory.path, 'all.tar.gz');
  await mergeVisits([may, june], { output, warn: () => {}, onProgress: () => {} });
  assert.deepEqual(listed(await nodesOf(await openVisit(output))), [
    [HONEST, undefined, undefined],
    [HONEST, HONEST, true],
  ]);
});
