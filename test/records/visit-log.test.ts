import assert from 'node:assert/strict';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Receipt } from '../../src/domain/api.ts';
import type { VisitStart } from '../../src/domain/visit/visit-start.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { recordFacts } from '../../src/records/record-facts.ts';
import { earlierVisits, recordsByVisit, visitIdOf } from '../../src/records/records-of-visits.ts';
import type { StoredRevision } from '../../src/records/revisions.ts';
import { ledgerFile, ledgerNumber, partialFile, partialNumber } from '../../src/records/visit-files.ts';
import { appendVisitLog, knownVisits, readVisitLog } from '../../src/records/visit-log.ts';
import { recordFor } from '../master/fixture-records.ts';

const start = (id: string, number: number, begunAt: string): VisitStart => ({ id, number, begunAt, isDayKnown: true, place: { macs: [] } });
const MAY = start('0000000a', 1, '2026-05-03T08:00:00.000Z');
const JUNE = start('0000000b', 2, '2026-06-03T08:00:00.000Z');

/** A stored record; without a visit and without a receipt it was never told. */
function stored(machine: number, revision: number, receipt?: Partial<Receipt>): StoredRevision {
  const whole = { recordSha256: '0'.repeat(64), revision, storage: 'stick', masterSequence: 1, ...receipt } as const;
  return {
    ...{ mac: `52:54:00:00:00:0${machine}`, revision, directory: '', recordSha256: '', captureSha256: undefined },
    ...{ receipt: receipt === undefined ? undefined : whole, facts: recordFacts(recordFor('any')) },
  };
}

test('visits are known by the log and by receipts; what power has torn is left out, and the next line is whole', async () => {
  await using directory = await temporaryDirectory('recon-visits-');
  const root = directory.path;
  assert.deepEqual(knownVisits(await readVisitLog(root), []), []);
  await appendVisitLog(root, { begun: MAY, untold: [] });
  await appendFile(join(root, 'visits.jsonl'), '{"visit":"0000000a","at":"2026-0');
  await appendVisitLog(root, { visit: MAY.id, at: '2026-05-03T09:00:00.000Z', place: { serial: 'B', macs: [] } });
  const receipt = { visit: JUNE, storedAt: '2026-06-03T10:00:00.000Z' };
  const known = knownVisits(await readVisitLog(root), [stored(1, 2, receipt)]);
  assert.deepEqual(
    known.map(({ start: { number }, lastAt, places }) => [number, lastAt, places.map(({ serial }) => serial)]),
    [
      [1, '2026-05-03T09:00:00.000Z', [undefined, 'B']],
      [2, '2026-06-03T10:00:00.000Z', [undefined]],
    ],
  );
  assert.equal((await readFile(join(root, 'visits.jsonl'), 'utf8')).split('\n').length, 4);
});

test('a tarball is of the visit that took its name last', () => {
  const claim = (visit: string, tarball: string, more: object = {}) => ({ visit, tarball, at: '2026-06-03T09:00:00.000Z', ...more });
  const holds = ['52-54-00-00-00-01/0001'];
  const lines = [
    ...[{ begun: MAY, untold: [] }, claim(MAY.id, 'a'), claim(MAY.id, 'b'), { begun: JUNE, untold: [] }],
    claim(JUNE.id, 'b', { holds }),
  ];
  assert.deepEqual(
    knownVisits(lines, []).map(({ tarballs }) => tarballs),
    [[{ name: 'a', holds: undefined }], [{ name: 'b', holds }]],
  );
});

test('a record is of the visit that its receipt names; without one, of the visit in which it can have come', () => {
  const [older, ofMay, ofJune] = [stored(1, 1, {}), stored(2, 1, { visit: MAY }), stored(2, 2, { visit: JUNE })];
  const [before, untoldInMay, untoldInJune] = [stored(3, 1), stored(4, 1), stored(4, 2)];
  const all = [older, ofMay, ofJune, before, untoldInMay, untoldInJune];
  const lines = [
    { begun: MAY, untold: ['52-54-00-00-00-03/0001'] },
    { begun: JUNE, untold: ['52-54-00-00-00-03/0001', '52-54-00-00-00-04/0001'] },
  ];
  const visits = knownVisits(lines, all);
  assert.deepEqual(
    all.map((one) => visitIdOf(one, visits)),
    [undefined, MAY.id, JUNE.id, undefined, MAY.id, JUNE.id],
  );
  assert.deepEqual(
    recordsByVisit(all, visits).map(({ visit, revisions }) => [visit?.start.number, revisions.length]),
    [
      [undefined, 2],
      [1, 2],
      [2, 2],
    ],
  );
  assert.deepEqual(earlierVisits(all, visits, JUNE.id), [{ machines: 2 }, { visit: withoutPlace(MAY), machines: 2 }]);
  assert.equal(visitIdOf(untoldInMay, []), undefined);
});

function withoutPlace({ place: _place, ...start }: VisitStart): Omit<VisitStart, 'place'> {
  return start;
}

test('each visit has files of its own', () => {
  assert.deepEqual([1, 2, 17].map(ledgerFile), ['ledger.jsonl', 'ledger-2.jsonl', 'ledger-17.jsonl']);
  assert.deepEqual(['ledger.jsonl', 'ledger-17.jsonl', 'ledger-x.jsonl', 'my-ledger.jsonl'].map(ledgerNumber), [
    1,
    17,
    undefined,
    undefined,
  ]);
  assert.deepEqual(
    [1, 2].map((number) => partialFile('52:54:00:00:00:01', number)),
    ['52-54-00-00-00-01.jsonl', '52-54-00-00-00-01.2.jsonl'],
  );
  assert.deepEqual(['52-54-00-00-00-01.jsonl', '52-54-00-00-00-01.2.jsonl', '52-54-00-00-00-01.02.jsonl', 'x.jsonl'].map(partialNumber), [
    1,
    2,
    undefined,
    undefined,
  ]);
});

test('a record whose receipt is gone is of the visit whose tarball had it, whatever visits began since', () => {
  const [ofMay, ofJune] = [stored(3, 1), stored(4, 1)];
  const sign = { visit: MAY.id, at: '2026-05-03T09:00:00.000Z', tarball: 'a' };
  const lines = [
    { begun: MAY, untold: [] },
    // the next tarball took the name again
    ...[
      { ...sign, holds: ['52-54-00-00-00-03/0001'] },
      { ...sign, holds: [] },
    ],
    { begun: JUNE, untold: [] },
  ];
  const visits = knownVisits(lines, [ofMay, ofJune]);
  assert.deepEqual([visitIdOf(ofMay, visits), visitIdOf(ofJune, visits)], [MAY.id, JUNE.id]);
});

test('an earlier visit whose records nobody here can read is listed as one, in its place', () => {
  const hidden = { ...MAY, place: { isHidden: true as const, macs: [] } };
  const third = { ...JUNE, id: '0000000c', number: 3 };
  const lines = [
    { begun: hidden, untold: [] },
    { begun: JUNE, untold: [] },
    { begun: third, untold: [] },
  ];
  const all = [stored(1, 1, {}), stored(2, 1, { visit: JUNE })];
  assert.deepEqual(
    earlierVisits(all, knownVisits(lines, all), third.id).map(({ visit, machines, isUnread }) => [visit?.number, machines, isUnread]),
    [
      [undefined, 1, undefined],
      [1, 0, true],
      [2, 1, undefined],
    ],
  );
  assert.deepEqual(earlierVisits([], knownVisits(lines, []), hidden.id), []);
});
