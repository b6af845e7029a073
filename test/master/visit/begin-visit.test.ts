import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { VisitStart } from '../../../src/domain/visit/visit-start.ts';
import { type BeginVisitInput, beginVisit, type CurrentVisit } from '../../../src/master/visit/begin-visit.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { recordFacts } from '../../../src/records/record-facts.ts';
import type { StoredRevision } from '../../../src/records/revisions.ts';
import { knownVisits, readVisitLog } from '../../../src/records/visit-log.ts';
import { recordFor } from '../fixture-records.ts';
import { OTHER, R640 } from './known-visit.ts';

interface Stick {
  root: string;
  faults: string[];
  /** the data directory at each sync */
  syncs: string[];
}

/** A boot of the stick: another name of `boot` is another RAM. */
function boot({ root, faults, syncs }: Stick, name: string, time: string, change: Partial<BeginVisitInput> = {}): Promise<CurrentVisit> {
  const log = join(root, 'visits.jsonl');
  return beginVisit({
    ...{ directory: root, stateFile: `${root}-${name}`, found: [], place: R640, setting: undefined },
    ...{ now: () => new Date(time), builtAt: new Date('2026-01-01T00:00:00Z') },
    sync: async () => void syncs.push(await readFile(log, 'utf8').catch(() => '')),
    onFault: (reason) => faults.push(reason),
    ...change,
  });
}

/** A record with a receipt, as it is found on the stick. */
function found(machine: number, visit: VisitStart): StoredRevision {
  const receipt = { recordSha256: '0'.repeat(64), revision: 1, storage: 'stick', masterSequence: 1, visit } as const;
  return {
    ...{ mac: `52:54:00:00:00:0${machine}`, revision: 1, directory: `r/${machine}`, recordSha256: '', captureSha256: undefined },
    ...{ receipt, facts: recordFacts(recordFor('any')) },
  };
}

async function withStick(use: (stick: Stick) => Promise<void>): Promise<void> {
  await using directory = await temporaryDirectory('recon-begin-');
  const stick = { root: join(directory.path, 'data'), faults: [], syncs: [] };
  await mkdir(stick.root);
  await use(stick);
  assert.deepEqual(stick.faults, []);
}

test('a visit is on the medium before anything of it can be, and a reboot of the day goes on with it', async () => {
  await withStick(async (stick) => {
    const first = await boot(stick, 'a', '2026-05-03T08:00:00Z');
    assert.equal(stick.syncs.length, 1);
    assert.match(stick.syncs[0] ?? '', new RegExp(`"id":"${first.start.id}"`));
    assert.deepEqual([first.start.number, first.start.isDayKnown, first.words], [1, true, []]);
    const second = await boot(stick, 'b', '2026-05-03T12:00:00Z');
    assert.deepEqual(second.start, first.start);
    assert.match(second.words[0] ?? '', /^VISIT 1 GOES ON/);
    const [known] = knownVisits(await readVisitLog(stick.root), []);
    assert.equal(known?.lastAt, '2026-05-03T12:00:00.000Z');
    const june = await boot(stick, 'c', '2026-06-03T08:00:00Z');
    assert.deepEqual([june.start.number, june.start.id === first.start.id], [2, false]);
  });
});

test('a restart of the service is the same boot, even when the clock has jumped; another stick in the same boot is another visit', async () => {
  await withStick(async (stick) => {
    const { start } = await boot(stick, 'a', '2026-05-03T08:00:00Z');
    assert.deepEqual((await boot(stick, 'a', '1970-01-01T00:01:00Z')).start, start);
    assert.equal(stick.syncs.length, 1, 'and nothing is written');
    await writeFile(`${stick.root}-a`, JSON.stringify({ ...start, id: 'ffffffff' }));
    assert.equal((await boot(stick, 'a', '2026-05-03T09:00:00Z')).start.id, start.id);
  });
});

test('a visit that went on at another machine goes on there after a reboot', async () => {
  await withStick(async (stick) => {
    const { start } = await boot(stick, 'a', '2026-05-03T08:00:00Z');
    await boot(stick, 'b', '2026-05-03T09:00:00Z', { place: OTHER, setting: 'continue' });
    assert.equal((await boot(stick, 'c', '2026-05-03T10:00:00Z', { place: OTHER })).start.id, start.id);
  });
});

test('a stick that an older version has used has had a visit: its ledger and its parts are not taken over', async () => {
  for (const path of ['ledger.jsonl', 'partial/52-54-00-00-00-01.jsonl'])
    await withStick(async (stick) => {
      await mkdir(join(stick.root, 'partial'));
      await writeFile(join(stick.root, path), '{}\n');
      assert.equal((await boot(stick, 'a', '2026-05-03T08:00:00Z')).start.number, 2);
    });
});

test('a log that is lost never gives a visit the ledger of another one', async () => {
  await withStick(async (stick) => {
    await writeFile(join(stick.root, 'ledger-4.jsonl'), '{}\n');
    assert.equal((await boot(stick, 'a', '2026-05-03T08:00:00Z')).start.number, 5);
  });
});

test('the tarballs of a visit are known to its next boot, and to no other visit', async () => {
  await withStick(async (stick) => {
    const first = await boot(stick, 'a', '2026-05-03T08:00:00Z');
    const made = { name: 'recon-hall-3-2026-05-03.tar.gz', holds: ['52-54-00-00-00-01/0001'] };
    await first.claim(made.name, made.holds);
    assert.match(stick.syncs.at(-1) ?? '', /recon-hall-3-2026-05-03\.tar\.gz/);
    assert.deepEqual(first.tarballs(), [made]);
    assert.deepEqual((await boot(stick, 'b', '2026-05-03T12:00:00Z')).tarballs(), [made]);
    assert.deepEqual((await boot(stick, 'c', '2026-05-03T13:00:00Z', { place: OTHER })).tarballs(), []);
  });
});

test('a medium that cannot be written is said, and the visit goes on in memory', async () => {
  await using directory = await temporaryDirectory('recon-begin-');
  const stick: Stick = { root: join(directory.path, 'data'), faults: [], syncs: [] };
  await mkdir(join(stick.root, 'visits.jsonl'), { recursive: true });
  await chmod(stick.root, 0o700);
  const { start, ownAmong } = await boot(stick, 'a', '2026-05-03T08:00:00Z');
  assert.equal(start.number, 1);
  const [own, other] = [found(1, start), found(2, { ...start, id: 'ffffffff' })];
  assert.deepEqual(await ownAmong([own, other]), [{ ...own, visitId: start.id }]);
  assert.deepEqual(
    stick.faults.map((fault) => fault.split(':')[0]),
    ['what visits there were cannot be read', 'what visit this is cannot be written down'],
  );
  assert.deepEqual((await boot(stick, 'a', '2026-05-03T08:01:00Z')).start, start);
});
