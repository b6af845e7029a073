import assert from 'node:assert/strict';
import { test } from 'node:test';
import { traceVisits } from '../../src/desk/trace.ts';
import type { NodeRecord } from '../../src/domain/record/node-record.ts';
import { traceText } from '../../src/report/trace/trace-text.ts';
import type { Visit } from '../../src/tarball/visit.ts';
import { recordFor } from '../master/fixture-records.ts';
import { memoryVisit, visitMac } from '../report/memory-visit.ts';

const PORT = { name: 'eno1', slot: 'OCP 1', mac: '0c:42:a1:00:00:01', lldp: [{ chassisName: 'sw1', portId: 'Eth1/5' }] };
const OTHER = { name: 'eno2', mac: '0c:42:a1:00:00:02', lldp: [{ chassisName: 'sw2', portId: 'Eth1/6' }] };
const DRIVE = { name: 'sda', model: 'PM893', serial: 'DRIVE-9', sizeBytes: 3_840_755_982_336, removable: false, enclosureSlot: '7' };

function machine(serial: string, { disks = [], nics = [OTHER] }: { disks?: object[]; nics?: object[] } = {}): NodeRecord {
  const record = recordFor(serial);
  const ok = (data: object): object => ({ status: 'ok', data });
  return { ...record, sections: { ...record.sections, disks: ok(disks), nics: ok(nics) } } as NodeRecord;
}

const visitOf = (name: string, createdAt: string, records: readonly NodeRecord[]): Visit => ({
  ...memoryVisit(records),
  ...{ path: name, site: 'hall-3', createdAt },
});
const may = visitOf('may', '2026-05-20T17:00:00.000Z', [machine('S-1', { disks: [DRIVE], nics: [PORT, OTHER] }), machine('S-2')]);
const june = visitOf('june', '2026-06-20T17:00:00.000Z', [machine('S-1'), machine('S-2', { disks: [{ ...DRIVE, enclosureSlot: '3' }] })]);
const july = visitOf('july', '2026-07-20T17:00:00.000Z', [machine('S-1', { nics: [PORT] })]);

test('a drive that was moved: its machine, slot and switch port at each visit, in the order of their times', async () => {
  const trace = await traceVisits([july, june, may], ' drive-9');
  assert.equal(trace.lastSeenAt, june.createdAt);
  assert.deepEqual(
    trace.visits.map(({ path, places }) => [path, places.map(({ place, machine: { mac }, switchPorts }) => [place, mac, ...switchPorts])]),
    [
      ['may', [['slot 7 sda', visitMac(0), 'sw1 Eth1/5', 'sw2 Eth1/6']]],
      ['june', [['slot 3 sda', visitMac(1), 'sw2 Eth1/6']]],
      ['july', []],
    ],
  );
  const text = traceText(trace);
  assert.match(text, /^ drive-9 was seen at 2 of 3 visits, last on 2026-06-20 17:00 UTC\.\n\n2026-05-20 17:00 UTC {2}hall-3 \(may\)\n/);
  assert.match(
    text,
    /\n {2}drive PM893 3\.84 TB DRIVE-9\n {4}in .*S-2 \(0c:c4:7a:00:00:01\)\n {4}at slot 3 sda\n {4}switch port sw2 Eth1\/6\n/,
  );
  assert.match(text, /\(july\)\n {2}not seen\n$/);
});

test('a port by its address in any spelling has its own switch port; a machine is found by serial number and by the address that lists it', async () => {
  const [port] = (await traceVisits([may], '0C42.A100.0001')).visits[0]?.places ?? [];
  assert.deepEqual([port?.kind, port?.place, port?.switchPorts], ['network port', 'OCP 1 eno1', ['sw1 Eth1/5']]);
  const [found] = (await traceVisits([june], 's-2')).visits[0]?.places ?? [];
  assert.deepEqual([found?.kind, found?.machine.mac], ['machine', visitMac(1)]);
  const listed = await traceVisits([july], visitMac(0));
  assert.deepEqual(listed.visits[0]?.places.length, 1);
});

test('nowhere is said, and what says nothing is not found by it', async () => {
  const trace = await traceVisits([may, june], 'absent');
  assert.equal(trace.lastSeenAt, null);
  assert.match(traceText(trace), /^absent was seen at none of 2 visits\.\n/);
  assert.equal((await traceVisits([may], '')).lastSeenAt, null);
});

test('where a clock was not set the order is the one that was given', async () => {
  const start = { id: '0123abcd', number: 1, begunAt: '1970-01-01T00:00:00.000Z', isDayKnown: false, place: { macs: [] } };
  const trace = await traceVisits([may, { ...june, visit: start }], 'DRIVE-9');
  const { visits, lastSeenAt } = trace;
  assert.match(traceText(trace), /\n\nclock not set {2}hall-3 \(june\)\n/);
  assert.deepEqual([visits.map(({ path }) => path), lastSeenAt], [['may', 'june'], june.createdAt]);
});
