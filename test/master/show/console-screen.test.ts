import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { NodeSummary } from '../../../src/domain/api.ts';
import { countPhases } from '../../../src/domain/phase.ts';
import type { SegmentView, StorageTrouble, VisitSummary } from '../../../src/domain/web-api.ts';
import { storageTrouble } from '../../../src/master/medium/trouble-words.ts';
import { consoleScreen, isAllDone, SCREEN_ROWS } from '../../../src/master/show/console-screen.ts';
import { startOf } from '../visit/known-visit.ts';

const NOW = '2026-11-21T10:30:00.000Z';
const minutesAgo = (minutes: number): string => new Date(Date.parse(NOW) - minutes * 60_000).toISOString();
const serving: SegmentView = { interface: 'eno1', address: '10.77.0.1', guest: '10.77.255.2/16', state: 'serving' };

function machine(number: number, rest: Partial<NodeSummary>): NodeSummary {
  const mac = `52:54:00:00:${(number >> 8).toString(16).padStart(2, '0')}:${(number & 255).toString(16).padStart(2, '0')}`;
  return { mac, stage: 'ack', stages: { ack: minutesAgo(1) }, hasReceipt: false, isMaster: false, ...rest };
}

const self = machine(1, { isMaster: true, hasReceipt: true, serial: 'MASTER1', stage: 'receipt', stages: { receipt: minutesAgo(9) } });
const done = (number: number): NodeSummary =>
  machine(number, {
    hasReceipt: true,
    serial: `SN${String(number).padStart(5, '0')}`,
    stage: 'power-off',
    stages: { 'power-off': minutesAgo(number % 7) },
  });
const loading = (number: number): NodeSummary =>
  machine(number, {
    stage: 'root-image',
    stages: { 'root-image': minutesAgo(0) },
    address: `10.77.1.${number}`,
    bytes: 120e6,
    totalBytes: 200e6,
  });
const stuck = (number: number): NodeSummary =>
  machine(number, {
    stage: 'offer',
    stages: { offer: minutesAgo(4) },
    verdict: { code: 'no-request', sentence: 'offer sent, no request: another DHCP server, or a ROM that ignores ProxyDHCP', hint: '' },
  });

function visitOf(nodes: readonly NodeSummary[], rest: Partial<VisitSummary> = {}): VisitSummary {
  const counts = { ...countPhases(nodes, Date.parse(NOW)), total: nodes.length };
  return { now: NOW, version: '0.1.0', site: 'hall-3', counts, segments: [serving], storage: 'stick', actions: [], ...rest };
}

const text = (nodes: readonly NodeSummary[], rest: Partial<VisitSummary> = {}, pin: string | undefined = '123456'): string[] =>
  consoleScreen({ visit: visitOf(nodes, rest), nodes, pin }).map((row) => row.map((one) => one.text).join(''));

const three = [self, loading(2), stuck(3)];
const forty = [
  self,
  ...Array.from({ length: 33 }, (_, at) => done(at + 2)),
  loading(60),
  loading(61),
  machine(62, { stage: 'collect' }),
  ...[63, 64, 65].map(stuck),
];
const tarball = { name: 'recon-hall-3-2026-11-21.tar.gz', sizeBytes: 1, sha256: 'ab', machines: 3, isCurrent: true };
const may = startOf({ begunAt: '2026-05-03T08:00:00.000Z' });
/** May's stick in June. */
const june: Partial<VisitSummary> = {
  visit: startOf({ id: 'aaaaaaaa', number: 2, begunAt: NOW }),
  earlier: [{ visit: may, machines: 40 }],
};
const many = {
  missing: [],
  arrived: [],
  underWay: [],
  unexpected: [],
  expectedCount: 60,
  missingCount: 26,
  notSeenCount: 20,
  unexpectedCount: 0,
  hasList: false,
};

describe('console screen', () => {
  it('shows who is done, who is stuck and why', () => {
    const screens = [
      text(three),
      text(forty, { expected: many, machinesPerMinute: 8.23, remainingSeconds: 190 }),
      text([self], {
        segments: [
          {
            interface: 'eno1',
            state: 'refused',
            sentence: 'On eno1 another DHCP server answers: at 192.0.2.1, hardware address 00:00:5e:00:53:01.',
          },
        ],
      }),
      text(
        [self],
        {
          segments: [
            { interface: 'eno1', state: 'probing' },
            { interface: 'eno2', state: 'no-link' },
          ],
        },
        undefined,
      ),
      text([self, done(2), done(3)], { tarball }),
      text([self, done(2)], { storage: 'ram' }),
      text([self], june),
      text(forty, june),
      text([self, done(2), done(3)], { ...june, tarball }),
    ];
    const golden = readFileSync(new URL('golden/console-screen.txt', import.meta.url), 'utf8');
    assert.equal(screens.map((rows) => `${rows.map((row) => `|${row}\n`).join('')}\n`).join(''), golden);
  });

  it('fits 79 columns of printable ASCII, whatever machines call themselves', () => {
    const evil = machine(9, { serial: `\u001b[2J${'x'.repeat(300)}`, hasReceipt: true });
    for (const rows of [text([evil]), text(forty), text([self], { site: 'x'.repeat(200) })]) {
      assert.equal(rows.length, SCREEN_ROWS);
      for (const row of rows) assert.match(row, /^[\x20-\x7e]{0,79}$/);
    }
  });

  it('shows the code of the visit at any time, however long the name of the site is', () => {
    for (const site of ['hall-3', 'x'.repeat(200)]) {
      const [title] = consoleScreen({ visit: visitOf(three, { site }), nodes: three, pin: undefined, code: 'K7M2Q-9XWZ4' });
      const row = title?.map((one) => one.text).join('') ?? '';
      assert.match(row, /code K7M2Q-9XWZ4 {3}2026-11-21 10:30 UTC $/);
      assert.equal(row.length, 79);
    }
  });

  it('puts the stuck first and says how many rows are missing', () => {
    const rows = text(forty);
    assert.match(rows[7] ?? '', /STUCK/);
    assert.match(rows.find((row) => row.startsWith('...')) ?? '', /and 36 more/);
  });

  it('is all done when all have their record and nothing more is to come', () => {
    const all = [self, done(2)];
    assert.equal(isAllDone(visitOf(all)), false, 'somebody may still plug in a cable');
    assert.equal(isAllDone(visitOf(all, { tarball })), true);
    assert.equal(isAllDone(visitOf(all, { tarball, expected: many })), false, 'some that were expected did not come');
    assert.equal(isAllDone(visitOf(all, { expected: { ...many, missingCount: 0 } })), true);
    assert.equal(isAllDone(visitOf([...all, stuck(3)], { tarball })), false);
    assert.equal(isAllDone(visitOf([self], { tarball })), false, 'the master alone is not a visit');
  });
});

describe('trouble with the stick', () => {
  const rowOf = (storageTrouble: StorageTrouble): string => text(three, { tarball, storageTrouble }).at(-2) ?? '';
  const words = (state: StorageTrouble['state']): StorageTrouble => {
    const medium = state === 'gone' || state === 'read-only' || state === 'failing' ? { fault: state, reason: 'EIO' } : undefined;
    const shortage = state === 'full' ? 'records' : state === 'nearly-full' ? 'captures' : undefined;
    const found = storageTrouble({ medium, isShort: state === 'no-room-for-tarball', shortage });
    assert.equal(found?.state, state);
    return found ?? assert.fail();
  };

  it('stands in the place of the tarball, with what to do, in one row', () => {
    for (const [state, row] of [
      ['gone', 'The stick is gone: nothing is stored. Plug it in again.'],
      ['read-only', 'The stick is read-only: nothing is stored. Is its write protection on?'],
      ['failing', 'The stick fails: nothing is stored. Pull it and plug it in again.'],
      ['full', 'The stick is full: no more records are taken. What is stored can be sealed.'],
      ['no-room-for-tarball', 'NO ROOM for the tarball: type lean and press Enter for one without raw captures'],
    ] as const)
      assert.equal(rowOf(words(state)), row);
    assert.match(rowOf(words('nearly-full')), /^The stick is nearly full: records come without their raw captures\. Copy/);
  });

  it('is no end of a visit, as long as records may be missing', () => {
    const nodes = [self, done(2)];
    assert.equal(isAllDone(visitOf(nodes, { tarball })), true);
    assert.equal(isAllDone(visitOf(nodes, { tarball, storageTrouble: words('gone') })), false);
    assert.equal(isAllDone(visitOf(nodes, { tarball, storageTrouble: words('nearly-full') })), true);
  });

  it('a tarball without raw captures is called so', () => {
    const row = text([self, done(2)], { tarball: { ...tarball, isWithoutCaptures: true } }).at(-2) ?? '';
    assert.match(row, /3 machines, no raw captures/);
  });
});

it('says in its first row that the clock is not set, in the place of a day that nobody knows', () => {
  assert.match(text(three)[0] ?? '', /2026-11-21 10:30 UTC $/);
  assert.match(text(three, { now: '2001-01-01T00:10:00.000Z' })[0] ?? '', /CLOCK NOT SET $/);
  assert.match(text(three, { visit: { ...may, isDayKnown: false } })[0] ?? '', /CLOCK NOT SET $/);
});
