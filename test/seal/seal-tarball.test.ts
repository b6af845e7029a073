import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Finding } from '../../src/domain/record/finding.ts';
import { IdentityReport } from '../../src/domain/record/identity.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { sealTarball, tarballName } from '../../src/seal/seal-tarball.ts';
import { captureOf, chunksOf, recordFor, sha256Of } from '../master/fixture-records.ts';
import { roomyStore } from '../master/intake/roomy-store.ts';
import { tarballFiles } from './tarball-files.ts';

const now = new Date('2026-11-20T23:59:00Z');

describe('tarball', () => {
  it('has a name that every file system takes', () => {
    assert.equal(tarballName('site', now), 'recon-site-2026-11-20.tar.gz');
    assert.equal(tarballName('../Köln: hall 2', now), 'recon-Koeln-hall-2-2026-11-20.tar.gz');
    assert.equal(tarballName('', now), 'recon-site-2026-11-20.tar.gz');
  });

  it('holds report, table, records, captures, ledger, and a manifest that is true', async () => {
    await using directory = await temporaryDirectory('recon-tarball-');
    const root = directory.path;
    const store = await roomyStore(root);
    const noise = randomBytes(3_000_000);
    const put = async (mac: string, record: string, capture: Buffer): Promise<void> => {
      await store.putCapture({ mac, chunks: chunksOf(capture), lengthBytes: capture.length, sha256: undefined });
      await store.putRecord({ mac, chunks: chunksOf(record), lengthBytes: undefined, sha256: undefined, captureSha256: sha256Of(capture) });
    };
    await put(
      '52:54:00:00:00:01',
      JSON.stringify(recordFor('S1')),
      captureOf({ 'capture.json': '{}', 'fs/sys/class/net/eth0/address': 'x', 'raw/noise.out': noise }),
    );
    const evil = [
      '{"path":"../../etc/passwd","base64":"eA=="}',
      'no json',
      '{"path":"raw/ok.out","base64":"b2s="}',
      '{"path":"raw/ok.out","base64":"b2s="}',
    ];
    await put('52:54:00:00:00:02', JSON.stringify(recordFor('S2')), gzipSync(evil.join('\n')));
    await writeFile(join(root, 'ledger.jsonl'), '{"sequence":1}\n');
    const input = {
      directory: join(root, 'export'),
      site: 'lab',
      imageVersion: '13.0.1',
      now,
      revisions: store.latest(),
      missing: [{ mac: '52:54:00:00:00:03', stage: 'kernel', at: undefined, address: undefined, detail: undefined }],
      ledgerPath: join(root, 'ledger.jsonl'),
      replaces: undefined,
    };
    const sealed = await sealTarball(input);
    const bytes = await readFile(sealed.path);
    assert.equal(sha256Of(bytes), sealed.sha256);
    assert.equal(bytes.length, sealed.sizeBytes);
    assert.equal(sealed.machines, 2);
    const files = await tarballFiles(bytes);
    assert.deepEqual(
      [...files.keys()],
      [
        'report.html',
        'nodes.jsonl',
        'nodes.csv',
        'verdicts.jsonl',
        'findings.jsonl',
        'identity.json',
        'nodes/52-54-00-00-00-01/node.json',
        'nodes/52-54-00-00-00-01/capture/capture.json',
        'nodes/52-54-00-00-00-01/capture/fs/sys/class/net/eth0/address',
        'nodes/52-54-00-00-00-01/capture/raw/noise.out',
        'nodes/52-54-00-00-00-02/node.json',
        'nodes/52-54-00-00-00-02/capture/raw/ok.out',
        'ledger.jsonl',
        'manifest.json',
      ],
    );
    assert.deepEqual(files.get('nodes/52-54-00-00-00-01/capture/raw/noise.out'), noise);
    const manifest = JSON.parse(files.get('manifest.json')?.toString('utf8') ?? '');
    for (const { name, sizeBytes, sha256 } of manifest.files) {
      assert.equal(files.get(name)?.length, sizeBytes, name);
      assert.equal(sha256Of(files.get(name) ?? ''), sha256, name);
    }
    assert.equal(manifest.files.length, files.size - 1);
    assert.equal(manifest.notes.length, 3);
    const lines = files.get('nodes.jsonl')?.toString('utf8').trim().split('\n') ?? [];
    assert.deepEqual(
      lines.map((line) => JSON.parse(line).record),
      [recordFor('S1'), recordFor('S2')],
    );
    assert.match(files.get('report.html')?.toString('utf8') ?? '', /52:54:00:00:00:03/);

    const tomorrow = await sealTarball({ ...input, now: new Date('2026-11-21T00:01:00Z'), replaces: sealed });
    assert.deepEqual(await readdir(join(root, 'export')), [tomorrow.name]);
  });

  it('lists a machine that came under two addresses once, with its newest record, and keeps both; equal numbers alone merge nothing', async () => {
    await using directory = await temporaryDirectory('recon-tarball-');
    const root = directory.path;
    let sequence = 0;
    const store = await roomyStore(root, { sequence: () => ++sequence });
    const put = (mac: string, record: object) =>
      store.putRecord({
        mac,
        chunks: chunksOf(JSON.stringify(record)),
        lengthBytes: undefined,
        sha256: undefined,
        captureSha256: undefined,
      });
    const [first, second] = ['52:54:00:00:00:01', '52:54:00:00:00:02'];
    const clone = recordFor('S3');
    await put(second, { ...recordFor('S1'), collectors: [] });
    await put(first, recordFor('S1'));
    await put('52:54:00:00:00:03', { ...clone, sections: { ...clone.sections, system: recordFor('S1').sections.system } });
    const nics = recordFor('S1').sections.nics;
    const port = nics.status === 'ok' ? (nics.data[1]?.mac ?? '') : '';
    const sealed = await sealTarball({
      directory: join(root, 'export'),
      site: 'lab',
      imageVersion: '1',
      now,
      revisions: store.latest(),
      missing: [{ mac: port, stage: 'offer', at: undefined, address: undefined, detail: undefined }],
      ledgerPath: join(root, 'none'),
      replaces: undefined,
    });
    assert.equal(sealed.machines, 2);
    const files = await tarballFiles(await readFile(sealed.path));
    const textOf = (name: string): string => files.get(name)?.toString('utf8') ?? '';
    const jsonLines = (name: string) =>
      textOf(name)
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    const identity = IdentityReport.parse(JSON.parse(textOf('identity.json')));
    assert.deepEqual(
      identity.same.map(({ machines }) => machines),
      [[first, second]],
    );
    assert.deepEqual(
      identity.collisions.map(({ machines, verdict }) => [machines, verdict]),
      [[[first, '52:54:00:00:00:03'], 'different']],
    );
    assert.deepEqual(
      jsonLines('findings.jsonl').map((line) => {
        const { machine, code, evidence } = Finding.parse(line);
        return [machine, code, evidence];
      }),
      [
        [first, 'disk-failing', 'disks[0].smartPassed'],
        ['52:54:00:00:00:03', 'disk-failing', 'disks[0].smartPassed'],
        [first, 'identity-shared', 'system.uuid'],
        ['52:54:00:00:00:03', 'identity-shared', 'system.uuid'],
      ],
    );
    assert.deepEqual(
      jsonLines('nodes.jsonl')
        .map(({ mac, sameAs }) => [mac, sameAs])
        .sort(),
      [
        [first, undefined],
        [second, first],
        ['52:54:00:00:00:03', undefined],
      ],
    );
    assert.ok(files.has('nodes/52-54-00-00-00-02/node.json'));
    assert.equal(textOf('nodes.csv').trim().split('\r\n').length, 3);
    assert.match(textOf('report.html'), /<dt>Machines<\/dt><dd>2</);
    assert.match(textOf('report.html'), /<dt>Did not arrive<\/dt><dd>0</);
    assert.doesNotMatch(textOf('report.html'), /id="52-54-00-00-00-02"/);
  });

  it('holds no machine on a day without machines', async () => {
    await using directory = await temporaryDirectory('recon-tarball-');
    const root = directory.path;
    const sealed = await sealTarball({
      directory: root,
      site: 's',
      imageVersion: '1',
      now,
      revisions: [],
      missing: [],
      ledgerPath: join(root, 'none'),
      replaces: undefined,
    });
    assert.deepEqual(
      [...(await tarballFiles(await readFile(sealed.path))).keys()],
      ['report.html', 'nodes.jsonl', 'nodes.csv', 'verdicts.jsonl', 'findings.jsonl', 'identity.json', 'manifest.json'],
    );
  });
});
