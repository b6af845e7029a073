import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { counted } from '../../src/domain/values/counted.ts';
import { announcement, titleText } from '../../src/web/announcement.ts';
import { machineHash, routeOf } from '../../src/web/live/route.ts';
import { rowsOf } from '../../src/web/live/rows.ts';
import { agoText, binaryBytes, decimalBytes, span } from '../../src/web/parts/numbers.ts';
import { pageOf } from '../../src/web/parts/paging.ts';
import { doneWords, doubt } from '../../src/web/words/control-words.ts';
import { stepText, verdictText } from '../../src/web/words/words.ts';
import { machine, NOW_MS, visit } from './machines.ts';

const rowFor = (...args: Parameters<typeof machine>) => {
  const [row] = rowsOf([machine(...args)], new Map(), NOW_MS);
  assert.ok(row !== undefined);
  return row;
};

describe('texts of the page', () => {
  it('numbers in few letters', () => {
    assert.deepEqual(
      [decimalBytes(480_103_981_056), binaryBytes(137_438_953_472), decimalBytes(0), decimalBytes(1500)],
      ['480 GB', '128 GiB', '0 B', '1.50 kB'],
    );
    assert.deepEqual([span(0.5), span(40), span(600), span(7200), span(400_000)], ['0.5 s', '40 s', '10 min', '2 h', '5 days']);
    assert.deepEqual(
      [agoText(NOW_MS, NOW_MS), agoText(NOW_MS - 61_000, NOW_MS), agoText(NOW_MS + 9000, NOW_MS)],
      ['now', '61 s ago', 'now'],
    );
    assert.deepEqual([counted(1, 'machine'), counted(0, 'machine')], ['1 machine', '0 machines']);
  });

  it('a step says how far a transfer is, and a stored record says no more than that', () => {
    assert.equal(stepText(rowFor('52:54:00:00:00:01', { stage: 'root-image', bytes: 26, totalBytes: 52 })), 'loads the root image, 50 %');
    assert.equal(stepText(rowFor('52:54:00:00:00:01', { stage: 'kernel', hasReceipt: true })), 'record stored');
  });

  it("a verdict is the master's, or that nothing was heard", () => {
    const verdict = { code: 'x', sentence: 'It waits for a key.', hint: 'Press one.' };
    assert.equal(verdictText(rowFor('52:54:00:00:00:01', { verdict }), NOW_MS)?.sentence, verdict.sentence);
    const silent = rowFor('52:54:00:00:00:01', { stages: { ack: new Date(NOW_MS - 1_200_000).toISOString() } });
    assert.match(verdictText(silent, NOW_MS)?.sentence ?? '', /for 20 minutes.*has an address/);
    assert.equal(verdictText(rowFor('52:54:00:00:00:01'), NOW_MS), undefined);
  });

  it('speaks of done and stuck, and of a master that is gone', () => {
    const counts = { total: 40, done: 34, stuck: 2 };
    assert.equal(announcement(counts, undefined, { state: 'live' }), '34 of 40 machines seen done, 2 stuck.');
    assert.equal(announcement({ ...counts, stuck: 0 }, 42, { state: 'polling' }), '34 of 42 expected done, none stuck.');
    assert.equal(announcement(counts, 42, { state: 'lost', sinceMs: 0 }), 'The master does not answer.');
    assert.equal(titleText(counts, 42), '34/42 done, 2 stuck – Recon');
    assert.equal(titleText(undefined, undefined), 'Recon');
  });

  it('says before power-off what would be lost', () => {
    const counts = { total: 4, found: 1, loading: 0, inventorying: 0, done: 2, stuck: 1 };
    assert.equal(doubt('seal', visit()), undefined);
    assert.equal(
      doubt('power-off', visit({ counts, storage: 'ram' })),
      '1 machine is still under way; 1 is stuck; the records are in RAM only, so download the tarball first.',
    );
  });

  it('says what was done, and what the tarball holds', () => {
    assert.equal(doneWords('done', undefined), 'Discovery is stopped: new machines get no answer.');
    assert.equal(doneWords('seal', { name: 'recon-x.tar.gz', machines: 1 }), 'Sealed. recon-x.tar.gz holds 1 machine.');
  });

  it('pages hold every row once', () => {
    const rows = Array.from({ length: 101 }, (_, at) => at);
    assert.deepEqual(
      [0, 1, 2].flatMap((number) => pageOf(rows, number).rows),
      rows,
    );
    assert.deepEqual([pageOf(rows, 99).number, pageOf(rows, -1).number, pageOf([], 3).count], [2, 0, 1]);
  });

  it('the address names a machine, or the list', () => {
    assert.deepEqual(routeOf(machineHash('52:54:00:00:00:0a')), { page: 'machine', mac: '52:54:00:00:00:0a' });
    for (const hash of ['', '#/', '#/machine/nothing', '#/machine/52-54-00-00-00-0a/x']) assert.deepEqual(routeOf(hash), { page: 'list' });
  });
});
