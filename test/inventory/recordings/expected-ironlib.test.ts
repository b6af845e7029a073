import assert from 'node:assert/strict';
import test from 'node:test';
import { normalise } from '../../../src/inventory/normalise.ts';
import { dataOf, fixtureCapture } from '../capture-fixture.ts';
import { recordedAnswer, recording } from './recording-files.ts';

interface Common {
  Vendor: string;
  Model: string;
  Serial: string;
  Firmware?: { Installed: string } | null;
}
interface Upstream {
  Common: Common;
  BIOS: { Common: Common };
  Mainboard: { Common: Common };
  CPUs: { Common: Common; Slot: string; Cores: number; Threads: number }[];
  Memory: { Common: Common; Slot: string; SizeBytes: number; ClockSpeedHz: number }[];
  NICs: { Common: Common; NICPorts: { BusInfo: string; SpeedBits: number }[] }[];
  Drives: { Common: Common & { LogicalName: string }; CapacityBytes: number }[];
  StorageControllers: { Common: Common; BusInfo: string }[];
}

const MACHINE = 'ironlib/fixtures/asrr/e3c246d4i-nl/';
const expectedOf = (): Upstream => recordedAnswer<Upstream>('ironlib/expected-by-upstream/e3c246d4i-nl.E3C246D4INL.json');
const sectionsOf = (...ids: ('dmidecode' | 'lshw')[]) => {
  const outputs = Object.fromEntries(ids.map((id) => [id, recording(`${MACHINE}${id === 'lshw' ? 'lshw.json' : id}`)]));
  return normalise(fixtureCapture({ outputs })).sections;
};

test('the upstream model of a machine: system, firmware, board', () => {
  const expected = expectedOf();
  const { system, firmware, board } = sectionsOf('dmidecode', 'lshw');
  assert.deepEqual([dataOf(system).vendor, dataOf(system).serial], [expected.Common.Vendor, expected.Common.Serial]);
  // upstream adds the placeholder that the order number holds
  assert.equal(expected.Common.Model.split(' (')[0], dataOf(system).product);
  assert.deepEqual(
    [dataOf(firmware).vendor, dataOf(firmware).version],
    [expected.BIOS.Common.Vendor, expected.BIOS.Common.Firmware?.Installed],
  );
  const { Vendor, Model, Serial } = expected.Mainboard.Common;
  assert.deepEqual([dataOf(board).vendor, dataOf(board).product, dataOf(board).serial], [Vendor, Model, Serial]);
});

test('the upstream model of a machine: processors and memory, from dmidecode and from lshw alone', () => {
  const expected = expectedOf();
  for (const ids of [['dmidecode'], ['lshw'], ['dmidecode', 'lshw']] as const) {
    const { cpu, memory } = sectionsOf(...ids);
    const sockets = dataOf(cpu).socketList?.filter((socket) => socket.populated) ?? [];
    assert.deepEqual(
      sockets.map((socket) => [socket.designation, socket.model, socket.cores, socket.threads]),
      expected.CPUs.map((one) => [one.Slot, one.Common.Model, one.Cores, one.Threads]),
      String(ids),
    );
    const modules = dataOf(memory).dimms.filter((dimm) => dimm.populated);
    assert.deepEqual(
      modules.map((dimm) => [dimm.manufacturer, dimm.partNumber, dimm.serial, dimm.locator, dimm.sizeBytes, dimm.ratedSpeedMtps]),
      expected.Memory.filter((one) => one.SizeBytes > 0).map((one) => [
        one.Common.Vendor,
        one.Common.Model,
        one.Common.Serial,
        one.Slot,
        one.SizeBytes,
        one.ClockSpeedHz / 1_000_000,
      ]),
      String(ids),
    );
  }
});

test('the upstream model of a machine: network ports and drives', () => {
  const expected = expectedOf();
  const { nics, disks } = sectionsOf('dmidecode', 'lshw');
  for (const { Common, NICPorts } of expected.NICs) {
    const nic = dataOf(nics).find((found) => found.mac === Common.Serial);
    assert.deepEqual([nic?.product, `pci@${nic?.pciAddress}`], [Common.Model, NICPorts[0]?.BusInfo]);
    assert.ok(nic?.firmware?.includes(Common.Firmware?.Installed ?? ''), nic?.firmware);
  }
  assert.deepEqual(
    dataOf(disks)
      .filter((disk) => disk.transport !== 'usb' && disk.serial !== undefined)
      .map((disk) => [`/dev/${disk.name}`, disk.model, disk.serial, disk.sizeBytes]),
    expected.Drives.map((drive) => [drive.Common.LogicalName, drive.Common.Model, drive.Common.Serial, drive.CapacityBytes]),
  );
});
