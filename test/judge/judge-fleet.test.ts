import assert from 'node:assert/strict';
import test from 'node:test';
import type { NodeRecord } from '../../src/domain/record/node-record.ts';
import { judgeFleet, machineFacts } from '../../src/judge/judge-fleet.ts';
import { machineRecord } from './machine-record.ts';

const UUID = '4c4c4544-0044-3510-8052-b4c04f4d3732';

interface Traits {
  uuid?: string;
  serial?: string;
  macs?: string[];
  disk?: string;
  bios?: string;
  gib?: number;
}

const record = ({ uuid, serial, macs = [], disk, bios, gib }: Traits): NodeRecord =>
  machineRecord({
    system: { vendor: 'Example', product: 'X1', ...(uuid === undefined ? {} : { uuid }), ...(serial === undefined ? {} : { serial }) },
    firmware: bios === undefined ? {} : { version: bios },
    memory: { dimms: [], ...(gib === undefined ? {} : { installedBytes: gib * 1024 ** 3 }) },
    nics: macs.map((mac, at) => ({ name: `eno${at}`, permanentMac: mac })),
    disks: disk === undefined ? [] : [{ name: 'sda', serial: disk, smartPassed: false }],
  });
const number = (at: number): string => at.toString(16).padStart(2, '0');
/** A machine like no other. */
const distinct = (at: number, more: Traits = {}): Traits => ({
  uuid: `4c4c4544-0044-3510-8052-b4c04f4d99${number(at)}`,
  serial: `SERIAL-${at}`,
  macs: [`00:1b:21:00:00:${number(at)}`],
  disk: `DISK-${at}`,
  ...more,
});
const judge = (machines: readonly [name: string, order: number, traits: Traits][]) =>
  judgeFleet(machines.map(([name, order, traits]) => machineFacts(name, order, record(traits))));

test('different machines: nothing to say but their own findings', () => {
  const { identity, findings, listedAs } = judge([
    ['a', 1, distinct(1)],
    ['b', 2, distinct(2)],
  ]);
  assert.deepEqual(identity, { identityVersion: 1, same: [], collisions: [], weak: [] });
  assert.deepEqual(
    findings.map(({ machine, code }) => `${machine} ${code}`),
    ['a disk-failing', 'b disk-failing'],
  );
  assert.equal(listedAs.size, 0);
});

test('a machine that booted from its other port, or got a new card, is one: the newest record is listed, and its findings count once', () => {
  const { identity, findings, listedAs } = judge([
    ['old port', 5, distinct(1)],
    ['other', 6, distinct(2)],
    ['new card', 9, distinct(1, { macs: ['00:1b:21:00:77:01'] })],
  ]);
  assert.deepEqual(identity.same[0]?.machines, ['new card', 'old port']);
  assert.ok(identity.same[0]?.reasons.includes('disks agree: disk-1'));
  assert.deepEqual([identity.same.length, identity.collisions], [1, []]);
  assert.deepEqual([...listedAs], [['old port', 'new card']]);
  assert.deepEqual(
    findings.map(({ machine, code }) => `${machine} ${code}`),
    ['other disk-failing', 'new card disk-failing'],
  );
});

test('two machines with equal UUID and serial stay two, and both are told of', () => {
  const clone = { uuid: UUID, serial: 'SN7788X' };
  const { identity, findings, listedAs } = judge([
    ['a', 1, distinct(1, clone)],
    ['b', 2, distinct(2, clone)],
  ]);
  assert.deepEqual([identity.same, listedAs.size], [[], 0]);
  const [collision, ...others] = identity.collisions;
  assert.deepEqual(
    [collision?.machines, collision?.keys.map(({ kind }) => kind), collision?.verdict, others],
    [['a', 'b'], ['serial', 'uuid'], 'different', []],
  );
  assert.ok(collision?.reasons.some((reason) => reason.startsWith('network ports differ')));
  const shared = findings.filter(({ code }) => code === 'identity-shared');
  assert.deepEqual(
    shared.map(({ machine, evidence }) => [machine, evidence]),
    [
      ['a', 'system.serial'],
      ['b', 'system.serial'],
    ],
  );
});

test('nothing joins a group that it differs from in one record', () => {
  const both = { uuid: UUID, serial: 'SN7788X' };
  const { identity } = judge([
    ['a', 1, { ...both, macs: ['00:1b:21:00:00:01'], disk: 'DISK-1A' }],
    ['bridge', 2, { ...both, macs: ['00:1b:21:00:00:01'], disk: 'DISK-2B' }],
    ['b', 3, { ...both, macs: ['00:1b:21:00:00:02'], disk: 'DISK-2B' }],
  ]);
  assert.deepEqual(
    identity.same.map(({ machines }) => machines),
    [['bridge', 'a']],
  );
  assert.ok(identity.collisions.every(({ machines }) => machines.includes('b')));
});

test('a thousand machines that share a number are told of in one line, without comparing each with each', () => {
  const crowd = Array.from({ length: 1000 }, (_, at): [string, number, Traits] => [
    `m${at}`,
    at,
    { uuid: UUID, serial: `S-${at}-X`, macs: [`00:1b:21:00:${number(at >> 8)}:${number(at & 255)}`], disk: `D-${at}-X` },
  ]);
  const { identity } = judge(crowd);
  assert.deepEqual([identity.same.length, identity.collisions.length, identity.collisions[0]?.machines.length], [0, 1, 1000]);
});

test('a machine that says little of itself is named, with what was ignored', () => {
  const { identity } = judge([
    ['a', 1, { uuid: '03000200-0400-0500-0006-000700080009', serial: 'Serial-Number', macs: ['00:1b:21:00:00:01'] }],
  ]);
  const [weak] = identity.weak;
  assert.deepEqual([weak?.machine, weak?.score, weak?.keys.map(({ kind }) => kind)], ['a', 30, ['nic']]);
  assert.deepEqual(
    weak?.ignored.map(({ kind, reason }) => [kind, reason]),
    [
      ['serial', 'a word instead of a number'],
      ['uuid', 'a sample value that many boards carry'],
    ],
  );
});

test('one key of a BMC is enough not to be weak', () => {
  const facts = machineFacts('a', 1, machineRecord({ bmc: { mac: '00:25:90:00:00:aa' } }));
  assert.deepEqual([facts.fingerprint.score, judgeFleet([facts]).identity.weak], [40, []]);
});

const fleet = (versions: string[]) =>
  judge(versions.map((bios, at) => [`m${at}`, at, distinct(at, { bios, gib: at === 0 ? 8 : 16 })])).findings.filter(
    ({ code }) => code !== 'disk-failing',
  );

test('an odd BIOS and odd memory among equals', () => {
  assert.deepEqual(
    fleet(['2.1', '2.1', '1.9', '2.1']).map(({ machine, code, message }) => [machine, code, message]),
    [
      ['m2', 'bios-odd', 'BIOS 1.9, most other Example X1 here have 2.1'],
      ['m0', 'memory-odd', '8 GiB of memory, most other Example X1 here have 16 GiB'],
    ],
  );
});

test('two machines have no usual BIOS', () => assert.deepEqual(fleet(['2.1', '1.9']), []));

test('a machine with as much as a weak one lacks is not weak', () => {
  const bmc = machineRecord({ bmc: { mac: '00:25:90:00:00:aa' } });
  assert.deepEqual(judgeFleet([machineFacts('a', 1, bmc)]).identity.weak, []);
});
