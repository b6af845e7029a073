import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { writeVisitReport } from '../../src/desk/report.ts';
import type { NodeRecord } from '../../src/domain/record/node-record.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import type { Visit } from '../../src/tarball/visit.ts';
import { recordFor } from '../master/fixture-records.ts';
import { memoryVisit, visitMac } from '../report/memory-visit.ts';

const DRIVE = { name: 'sda', model: 'PM893', serial: 'DRIVE-9', sizeBytes: 3_840_755_982_336, removable: false };

function machine(serial: string, disks: readonly object[]): NodeRecord {
  const record = recordFor(serial);
  return { ...record, sections: { ...record.sections, disks: { status: 'ok', data: disks } } } as NodeRecord;
}

const visitOf = (path: string, createdAt: string, records: readonly NodeRecord[]): Visit => ({
  ...memoryVisit(records),
  path,
  site: 'hall-3',
  createdAt,
});
const april = visitOf('april', '2026-04-20T17:00:00.000Z', [machine('S-1', []), machine('S-2', [{ ...DRIVE, enclosureSlot: '3' }])]);
const may = visitOf('may', '2026-05-20T17:00:00.000Z', [machine('S-1', []), machine('S-2', [{ ...DRIVE, enclosureSlot: '3' }])]);
const june = visitOf('june', '2026-06-20T17:00:00.000Z', [machine('S-1', [{ ...DRIVE, enclosureSlot: '7' }]), machine('S-2', [])]);
const july = visitOf('july', '2026-07-20T17:00:00.000Z', [
  machine('S-1', [
    { ...DRIVE, enclosureSlot: '7' },
    { ...DRIVE, name: 'sdb', serial: 'drive-<new>' },
  ]),
]);

test('made with earlier visits, each part of a report leads to where it was: equal stays together, in the order of the times', async () => {
  const html = await reportOf(july, [june, april, may]);
  const [, anchor] = /<td><a href="#([^"]+)">DRIVE-9<\/a><\/td>/.exec(html) ?? [];
  assert.ok(anchor !== undefined, 'the serial number is a link');
  const [, row] = new RegExp(`<tr id="${anchor}">(.*)</tr>`).exec(html) ?? [];
  assert.equal(
    row,
    `<td>drive</td><td>PM893 3.84 TB DRIVE-9</td><td>2026-04-20 17:00 UTC, hall-3 (april) to 2026-05-20 17:00 UTC, hall-3 (may): in Example &#38; Co R1 &#34;Rack&#34; S-2 (${visitMac(1)}), slot 3 sda; 2026-06-20 17:00 UTC, hall-3 (june): here, slot 7 sda</td>`,
  );
  const [, fresh] = /<td><a href="#([^"]+)">drive-&#60;new&#62;<\/a>/.exec(html) ?? [];
  assert.match(html, new RegExp(`<tr id="${fresh}">.*<td>at no earlier visit</td></tr>`));
  assert.match(html, /lead to where the part was at earlier visits: 2026-04-20 17:00 UTC, hall-3 \(april\); /);
});

test('without them the page is as it was', async () => {
  const html = await reportOf(july, []);
  assert.doesNotMatch(html, /earlier visits|<a href="#[^"]+">DRIVE-9/);
});

async function reportOf(visit: Visit, earlier: readonly Visit[]): Promise<string> {
  await using directory = await temporaryDirectory('recon-report-');
  const { path } = await writeVisitReport(visit, directory.path, () => {}, earlier);
  return readFile(path, 'utf8');
}
