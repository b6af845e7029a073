import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { NodeRecord, SECTIONS } from '../../src/domain/record/node-record.ts';
import { earlyRecord } from '../../src/inventory/early-record.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { partialRecords } from '../../src/records/partial-records.ts';
import type { MissingMachine } from '../../src/report/missing-machine.ts';
import { earlyMachines } from '../../src/seal/early-machines.ts';
import { sealTarball } from '../../src/seal/seal-tarball.ts';
import { withoutSync } from '../master/fixture-records.ts';
import { tarballFiles } from './tarball-files.ts';

const FIRST = '52:54:00:00:00:01';
const SECOND = '52:54:00:00:00:02';
const PORT = '52:54:00:00:00:03';
const verdict = { code: 'too-little-ram', sentence: 'Too little RAM (has 768 MiB, needs 1 GiB).', hint: 'Add memory.' };
const machine = (mac: string): MissingMachine => ({
  mac,
  stage: 'kernel',
  at: '2026-11-20T11:00:00.000Z',
  address: '10.77.1.9',
  detail: undefined,
});
const line = (path: string, text: string): string => `${JSON.stringify({ path, base64: Buffer.from(text).toString('base64') })}\n`;

it('the tarball has what is known of machines that never sent a record, apart from the others', async () => {
  await using directory = await temporaryDirectory('recon-early-');
  const root = directory.path;
  const partial = partialRecords(root, withoutSync);
  await partial.put(
    SECOND,
    Buffer.from(
      [
        line('fs/proc/meminfo', 'MemTotal:         768000 kB\n'),
        line('fs/sys/class/dmi/id/sys_vendor', 'ACME\n'),
        line('fs/sys/class/dmi/id/product_serial', 'SER2\n'),
        line('fs/sys/class/net/eth0/address', `${SECOND}\n`),
        line('fs/sys/class/net/eth0/type', '1\n'),
      ].join(''),
    ),
  );
  const sealed = await sealTarball({
    directory: root,
    site: 's',
    imageVersion: '1',
    now: new Date('2026-11-20T12:00:00Z'),
    revisions: [],
    missing: [
      {
        ...machine(FIRST),
        verdict,
        facts: {
          vendor: 'ACME',
          product: 'To Be Filled By O.E.M.',
          serial: 'SER1',
          memoryBytes: 768 * 1024 ** 2,
          nicPciId: '8086:1592',
          nicAddress: '0000:00:03.0',
          platform: 'efi',
        },
      },
      machine(SECOND),
    ],
    early: { partial, makeRecord: earlyRecord },
    ledgerPath: join(root, 'none'),
    replaces: undefined,
  });
  assert.equal(sealed.machines, 0, 'none of them counts as a record');
  const files = await tarballFiles(await readFile(sealed.path));
  const record = (mac: string): NodeRecord =>
    NodeRecord.parse(JSON.parse(files.get(`nodes/${mac.replaceAll(':', '-')}/node.json`)?.toString() ?? ''));

  const [first, second] = [record(FIRST), record(SECOND)];
  assert.equal(first.origin, 'boot-loader');
  assert.deepEqual(first.sections.system, { status: 'ok', data: { vendor: 'ACME', serial: 'SER1' } }, 'a placeholder is no product');
  assert.deepEqual(first.sections.firmware, { status: 'ok', data: { bootMode: 'uefi', bootNicMac: FIRST } });
  assert.deepEqual(first.sections.disks, { status: 'absent', reason: verdict.sentence });
  assert.deepEqual(Object.keys(first.sections).sort(), Object.keys(SECTIONS).sort());

  assert.equal(second.origin, 'initrd');
  assert.deepEqual(second.sections.system, { status: 'ok', data: { vendor: 'ACME', serial: 'SER2' } });
  assert.equal(second.sections.nics.status, 'ok');
  assert.deepEqual(second.sections.bmc, { status: 'absent', reason: 'The machine has not sent a record; its last stage was kernel.' });
  assert.equal(files.get('nodes/52-54-00-00-00-02/capture/fs/sys/class/dmi/id/sys_vendor')?.toString(), 'ACME\n');

  const lines = (files.get('nodes.jsonl')?.toString() ?? '')
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text));
  assert.deepEqual(
    lines.map(({ mac, origin, revision }) => [mac, origin, revision]),
    [
      [FIRST, 'boot-loader', undefined],
      [SECOND, 'initrd', undefined],
    ],
  );
  assert.match(
    files.get('nodes.csv')?.toString() ?? '',
    /SER1.*,boot-loader,"Too little RAM \(has 768 MiB, needs 1 GiB\)\. Add memory\."\r\n/,
  );
  assert.equal(JSON.parse(files.get('verdicts.jsonl')?.toString().split('\n')[0] ?? '').verdict.code, 'too-little-ram');
});

it('a port of a machine with a record gets no record of its own', async () => {
  await using directory = await temporaryDirectory('recon-early-');
  const sources = { partial: partialRecords(directory.path, withoutSync), makeRecord: earlyRecord };
  const found: string[] = [];
  for await (const { missing } of earlyMachines([{ ...machine(PORT), portOf: FIRST }, machine(SECOND)], sources)) found.push(missing.mac);
  assert.deepEqual(found, [SECOND]);
});

it('what an initrd sends is kept as a whole or refused, and survives a restart', async () => {
  await using directory = await temporaryDirectory('recon-early-');
  const partial = partialRecords(directory.path, withoutSync);
  await partial.put(FIRST, Buffer.from(line('fs/proc/meminfo', 'MemTotal: 1 kB\n')));
  for (const evil of ['', 'no json', '{"path":"../../etc/passwd","base64":"eA=="}\n', '{"path":"fs/a"}']) {
    await assert.rejects(() => partial.put(SECOND, Buffer.from(evil)), { code: 'body-malformed' });
  }
  assert.equal(await partial.filesOf(SECOND), undefined);
  const files = await partialRecords(directory.path, withoutSync).filesOf(FIRST);
  assert.deepEqual([...(files?.keys() ?? [])], ['fs/proc/meminfo']);
});
