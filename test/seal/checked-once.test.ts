import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fleetMachine } from '../../src/demo/fleet/fleet-machine.ts';
import { NodeRecord } from '../../src/domain/record/node-record.ts';
import { machineFacts } from '../../src/judge/judge-fleet.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { reportParts } from '../../src/report/fleet/report-machine.ts';
import { machineRow } from '../../src/report/machine-row.ts';
import { sealTarball } from '../../src/seal/seal-tarball.ts';
import { serverModels } from '../fleet/server-models.ts';
import { recordFor, sha256Of } from '../master/fixture-records.ts';
import { inputOf } from './seal-input.ts';

const MACS = ['01', '02'].map((end) => `52:54:00:00:00:${end}`);

test('a record is checked when its bytes are not those that were checked as they were stored, and not a second time when they are', async () => {
  await using directory = await temporaryDirectory('recon-seal-');
  const texts = [JSON.stringify(recordFor('S1')), JSON.stringify({ ...recordFor('S2'), schemaVersion: 7 })];
  const { revisions, ...input } = await inputOf(
    directory.path,
    MACS.map((mac, at) => [mac, texts[at] ?? '']),
  );
  const changed = await sealTarball({ ...input, revisions });
  assert.equal(changed.machines, 1);
  assert.match(changed.notes?.join() ?? '', /the record cannot be read: .*schemaVersion/s);
  const checked = revisions.map((revision, at) => ({ ...revision, recordSha256: sha256Of(texts[at] ?? '') }));
  assert.equal((await sealTarball({ ...input, revisions: checked })).machines, 2);
});

test('what is taken of a record is the same to the byte, whether its schema put its keys in order or not', () => {
  const models = serverModels();
  for (let at = 0; at < 120; at += 1) {
    const machine = fleetMachine(at, models, { seed: 1, isLater: false });
    if (machine === undefined) continue;
    const asItCame = turned(machine.record) as NodeRecord;
    const inOrder = NodeRecord.parse(asItCame);
    const taken = (record: NodeRecord): string =>
      JSON.stringify([machineRow(machine.mac, 1, record), machineFacts(machine.mac, 1, record), reportParts(record)]);
    assert.equal(taken(asItCame), taken(inOrder), machine.mac);
  }
});

/** The same with the keys of each object in the other order. */
function turned(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(turned);
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, turned(item)]),
  );
}
