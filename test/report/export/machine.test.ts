import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExportMachine } from '../../../src/report/export/machine.ts';
import type { VisitNode } from '../../../src/tarball/visit.ts';
import { nodeWith } from './node-with.ts';
import { machinesOf } from './odd-visit.ts';

const machine = (at: number, bmc: object, chassis?: object): VisitNode =>
  nodeWith({ system: { serial: `S${at}`, ...(chassis === undefined ? {} : { chassis }) }, bmc }, { mac: `52:54:00:00:00:0${at}` });

test('a BMC by what it says: an address that another says is no address of its own, nor is a MAC address that another has', async () => {
  const machines = await all(
    machinesOf([
      machine(1, { address: '192.0.2.1', mac: '52:54:00:AA:00:01' }),
      machine(2, { address: '192.0.2.2', mac: '52:54:00:aa:00:02' }),
      machine(3, { address: '192.0.2.2', mac: '52:54:00:aa:00:03' }),
      machine(4, { address: '192.0.2.4', mac: '52:54:00:00:00:05' }),
      machine(5, { address: '0.0.0.0' }),
      machine(6, { mac: '52:54:00:aa:00:06' }),
      machine(7, { address: '192.0.2.7' }),
    ]),
  );
  assert.deepEqual(
    machines.map(({ bmc }) => bmc),
    [
      { name: 'sn-s1-bmc', address: '192.0.2.1', mac: '52:54:00:aa:00:01', hasOwnAddress: true, isUnique: true },
      { name: 'sn-s2-bmc', address: '192.0.2.2', mac: '52:54:00:aa:00:02', hasOwnAddress: false, isUnique: false },
      { name: 'sn-s3-bmc', address: '192.0.2.2', mac: '52:54:00:aa:00:03', hasOwnAddress: false, isUnique: false },
      { name: 'sn-s4-bmc', address: '192.0.2.4', mac: '52:54:00:00:00:05', hasOwnAddress: true, isUnique: false },
      undefined,
      { name: 'sn-s6-bmc', mac: '52:54:00:aa:00:06', hasOwnAddress: true, isUnique: true },
      { name: 'sn-s7-bmc', address: '192.0.2.7', hasOwnAddress: true, isUnique: true },
    ],
  );
});

test('a label that two machines have is left out, and the second of a name gets a number', async () => {
  const [one, two, three, four] = await all(
    machinesOf([
      machine(1, {}, { assetTag: 'A' }),
      machine(2, {}, { assetTag: 'B' }),
      machine(3, {}, { assetTag: 'B' }),
      { ...nodeWith({ system: {} }, { mac: '52:54:00:00:00:09' }) },
      { ...nodeWith({ system: {} }, { mac: '52:54:00:00:00:09' }) },
    ]),
  );
  assert.deepEqual([one?.assetTag, two?.assetTag, three?.assetTag, four?.assetTag], ['A', undefined, undefined, undefined]);
  const names = (await all(machinesOf(['9', '9', '9'].map((last) => nodeWith({ system: {} }, { mac: `52:54:00:00:00:0${last}` }))))).map(
    ({ name }) => name,
  );
  assert.deepEqual(names, ['mac-525400000009', 'mac-525400000009-2', 'mac-525400000009-3']);
});

async function all(machines: AsyncIterable<ExportMachine>): Promise<ExportMachine[]> {
  const list: ExportMachine[] = [];
  for await (const one of machines) list.push(one);
  return list;
}
