import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { fleetMachine } from '../../src/demo/fleet/fleet-machine.ts';
import { newAgeKeys } from '../../src/platform/archive/age.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { CAPTURE_FILE } from '../../src/records/revisions.ts';
import { addBounds, captureBound, NO_BOUND, recordBound, tarballBound } from '../../src/seal/largest-tarball.ts';
import { sealTarball } from '../../src/seal/seal-tarball.ts';
import { serverModels } from '../fleet/server-models.ts';
import { captureOf, recordFor } from '../master/fixture-records.ts';
import { inputOf, largeRecords } from './seal-input.ts';

type Machine = readonly [mac: string, text: string];

const noise = (): Record<string, Buffer> => ({ 'raw/noise': randomBytes(400_000) });
const many = (): Record<string, Buffer> => Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`f/${at}/x`, randomBytes(7)]));
const zeros = (): Record<string, Buffer> => ({ 'raw/zeros': Buffer.alloc(4_000_000) });

for (const [name, machines, files] of [
  ['no machine', [], undefined],
  ['one small record', [['52:54:00:00:00:01', JSON.stringify(recordFor('S1'))]], undefined],
  ['records that cannot be packed', largeRecords(), undefined],
  ['a rack of servers', fleetOf(40), undefined],
  ['captures that cannot be packed', fleetOf(3), noise],
  ['captures of many small files', fleetOf(3), many],
  ['captures of zeros', fleetOf(3), zeros],
] as const satisfies readonly (readonly [string, readonly Machine[], (() => Record<string, Buffer>) | undefined])[])
  test(`a tarball is never larger than its bound: ${name}`, async () => {
    await using directory = await temporaryDirectory('recon-bound-');
    const input = await inputOf(directory.path, machines);
    let sum = machines.reduce((all, [, text]) => addBounds(all, recordBound(gzipSync(text, { level: 1 }).length)), NO_BOUND);
    const revisions = [];
    for (const revision of input.revisions) {
      const captured = files?.();
      if (captured !== undefined) {
        const capture = captureOf(captured);
        await writeFile(join(revision.directory, CAPTURE_FILE), capture);
        sum = addBounds(sum, captureBound(capture.length, Object.keys(captured).length));
      }
      revisions.push(captured === undefined ? revision : { ...revision, captureSha256: 'ab' });
    }
    const bound = tarballBound({ machines: sum, ledgerBytes: 0, partialBytes: 0, missingCount: 0 }, 2 ** 30);
    const { recipient } = await newAgeKeys();
    for (const more of [{}, { encryptTo: recipient }]) {
      const whole = await sealTarball({ ...input, ...more, revisions });
      assert.ok(whole.sizeBytes <= bound.wholeBytes, `${whole.sizeBytes} of ${bound.wholeBytes}`);
      const without = await sealTarball({ ...input, ...more, revisions, withoutCaptures: true });
      assert.ok(without.sizeBytes <= bound.withoutCapturesBytes, `${without.sizeBytes} of ${bound.withoutCapturesBytes}`);
    }
  });

test('ledger, what initrds sent and addresses without a record count, and what does not fit into memory needs a file', () => {
  const none = { machines: NO_BOUND, ledgerBytes: 0, partialBytes: 0, missingCount: 0 };
  const whole = (change: object): number => tarballBound({ ...none, ...change }, 0).wholeBytes - tarballBound(none, 0).wholeBytes;
  assert.ok(whole({ ledgerBytes: 1_000_000 }) >= 750_000);
  assert.ok(whole({ partialBytes: 1000 }) >= 1000);
  assert.ok(whole({ missingCount: 10 }) >= 10_240);
  assert.equal(tarballBound(none, 1_000_000).spoolBytes, 0);
  const large = tarballBound({ ...none, machines: { recordBytes: 5_000_000, captureBytes: 7 } }, 1_000_000);
  assert.ok(large.spoolBytes >= 4_000_000);
});

function fleetOf(wanted: number): Machine[] {
  const models = serverModels();
  const machines: Machine[] = [];
  for (let at = 0; machines.length < wanted; at += 1) {
    const machine = fleetMachine(at, models, { seed: 1, isLater: false });
    if (machine !== undefined) machines.push([machine.mac, JSON.stringify(machine.record)]);
  }
  return machines;
}
