import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { diffExpected } from '../../../src/report/diff/expected.ts';
import { diffMachine } from '../../../src/report/diff/facts.ts';
import { diffHtml } from '../../../src/report/diff/html.ts';
import { diffText } from '../../../src/report/diff/text.ts';
import { type DiffSide, diffVisits } from '../../../src/report/diff/visits.ts';
import { visitDiffWords } from '../../../src/report/diff/words.ts';
import { recordFor } from '../../master/fixture-records.ts';

/** Data of a section, taken apart for a change. */
type Mutable = Record<string, unknown> & { mac: string };

const macOf = (at: number): string => `0c:c4:7a:00:00:0${at}`;

function side(name: string, records: readonly [number, NodeRecord][]): DiffSide {
  const machines = records.map(([at, record]) => diffMachine({ mac: macOf(at), record }));
  return { path: `${name}.tar.gz`, site: 'hall-3', createdAt: '2026-11-20T12:00:00Z', machines, withoutRecord: new Set(), faults: [] };
}

function changed(record: NodeRecord, change: (data: { firmware: Mutable; disks: Mutable[]; nics: Mutable[] }) => void): NodeRecord {
  const copy = structuredClone(record);
  const sections = copy.sections as unknown as { firmware: { data: Mutable }; disks: { data: Mutable[] }; nics: { data: Mutable[] } };
  change({ firmware: sections.firmware.data, disks: sections.disks.data, nics: sections.nics.data });
  return copy;
}

function first<T>(list: readonly T[]): T {
  const [one] = list;
  assert.ok(one !== undefined);
  return one;
}

const [one, two, three, four] = ['SN-0001', 'SN-0002', 'SN-0003', 'SN-0004'].map(recordFor) as [
  NodeRecord,
  NodeRecord,
  NodeRecord,
  NodeRecord,
];

test('equal visits have no differences', () => {
  const diff = diffVisits(
    side('a', [
      [1, one],
      [2, two],
    ]),
    side('b', [
      [2, two],
      [1, one],
    ]),
  );
  assert.deepEqual([diff.arrived, diff.gone, diff.changed, diff.unclear, diff.unchanged], [[], [], [], [], 2]);
  assert.match(diffText(visitDiffWords(diff)), /No differences\./);
});

test('arrived, gone, moved, a disk swapped and firmware changed; a machine is known though it came under another address', () => {
  const moved = changed(one, ({ nics }) => {
    first(nics)['lldp'] = [{ chassisName: 'sw9', portId: 'Eth1/7' }];
  });
  const mended = changed(two, ({ firmware, disks }) => {
    firmware['version'] = '2.2';
    first(disks)['serial'] = 'D-NEW';
  });
  const diff = diffVisits(
    side('a', [
      [1, one],
      [2, two],
      [3, three],
    ]),
    side('b', [
      [1, moved],
      [5, mended],
      [4, four],
    ]),
  );
  assert.deepEqual(
    diff.arrived.map(({ mac }) => mac),
    [macOf(4)],
  );
  assert.deepEqual(
    diff.gone.map(({ mac }) => mac),
    [macOf(3)],
  );
  const kindsOf = (mac: string): string[] => (diff.changed.find((row) => row.mac === mac)?.changes ?? []).map(({ kind }) => kind).sort();
  assert.deepEqual(kindsOf(macOf(1)), ['moved']);
  assert.deepEqual(kindsOf(macOf(5)), ['disk-swapped', 'firmware', 'listed-as']);
  const text = diffText(visitDiffWords(diff));
  for (const word of ['sw9', 'Eth1/7', 'D-NEW', '2.2', 'SN-0004', 'SN-0003']) assert.ok(text.includes(word), `${word} is not in\n${text}`);
});

test('two that may be one are told, and not guessed', () => {
  const clone = changed(one, ({ disks, nics }) => {
    first(disks)['serial'] = 'D-OTHER';
    for (const nic of nics) nic.mac = nic.mac.replace(/^52:54/, '56:54');
  });
  clone.sections.bmc = { status: 'absent' };
  const diff = diffVisits(side('a', [[1, one]]), side('b', [[2, clone]]));
  assert.equal(diff.changed.length + diff.unchanged, 0, 'a cloned serial number was taken for the machine');
  assert.ok(diff.unclear.length === 1 || (diff.gone.length === 1 && diff.arrived.length === 1));
});

test('what machines call themselves cannot steer a terminal or a page', () => {
  const evil = changed(one, ({ firmware }) => {
    firmware['version'] = '\u001b[2J<script>alert(1)</script>';
  });
  const words = visitDiffWords(diffVisits(side('a', [[1, one]]), side('b', [[1, evil]])));
  assert.ok(!diffText(words).includes('\u001b'));
  assert.ok(!diffHtml(words).includes('<script>'));
});

test('a list against a visit: found, missing and unexpected', () => {
  const list = {
    path: 'expected.csv',
    faults: [],
    machines: [{ serial: 'sn-0001 ' }, { mac: macOf(2) }, { serial: 'SN-9999', name: 'rack 9' }],
  };
  const diff = diffExpected(
    list,
    side('b', [
      [1, one],
      [2, two],
      [4, four],
    ]),
  );
  assert.equal(diff.found, 2);
  assert.deepEqual(
    diff.missing.map(({ name }) => name),
    ['rack 9'],
  );
  assert.deepEqual(
    diff.unexpected.map(({ mac }) => mac),
    [macOf(4)],
  );
});

test('a change that many machines share is told once, with its machines', () => {
  const records = Array.from({ length: 12 }, (_, at) => recordFor(`SN-1${at}`));
  const updated = records.map((record, at) =>
    at === 11
      ? record
      : changed(record, ({ firmware }) => {
          firmware['version'] = at === 0 ? '9.9' : '2.9';
        }),
  );
  const numbered = (list: readonly NodeRecord[]): [number, NodeRecord][] => list.map((record, at) => [at + 10, record]);
  const diff = diffVisits(side('a', numbered(records)), side('b', numbered(updated)));
  const text = diffText(visitDiffWords(diff));
  assert.match(text, /^Arrived: 0, gone: 0, changed: 11, unchanged: 1$/m);
  assert.match(text, /^Firmware: 11 machines\n {2}BIOS: 2\.1 -> 2\.9: 10 machines\n/m);
  assert.match(text, /^ {4}and 2 more; --json and --html have all$/m);
  assert.match(text, /^ {2}0c:c4:7a:00:00:010 .*\n {4}BIOS: 2\.1 -> 9\.9$/m);
  const html = diffHtml(visitDiffWords(diff));
  assert.equal(html.match(/BIOS: 2\.1/g)?.length, 2, 'one line for ten machines, and one for the odd one');
  assert.equal(html.match(/SN-1\d+/g)?.length, 11);
});
