import assert from 'node:assert/strict';
import test from 'node:test';
import { NodeRecord } from '../../../../src/domain/record/node-record.ts';
import { normalise } from '../../../../src/inventory/normalise.ts';
import { parseLshw } from '../../../../src/inventory/tools/lshw/tree.ts';
import { dataOf, dmiText, fixtureCapture } from '../../capture-fixture.ts';
import { recordedAnswer, recording, recordings } from '../../recordings/recording-files.ts';

const sectionsOf = (outputs: Record<string, string | Buffer>) => NodeRecord.parse(normalise(fixtureCapture({ outputs }))).sections;

test('lshw and dmidecode of one machine agree in everything that both say', () => {
  const machine = 'ironlib/fixtures/asrr/e3c246d4i-nl';
  const lshw = sectionsOf({ lshw: recording(`${machine}/lshw.json`) });
  const dmidecode = sectionsOf({ dmidecode: recording(`${machine}/dmidecode`) });
  assertSubset(dataOf(lshw.system), dataOf(dmidecode.system), 'system');
  assertSubset(dataOf(lshw.board), dataOf(dmidecode.board), 'board');
  assertSubset(dataOf(lshw.firmware), dataOf(dmidecode.firmware), 'firmware');
  assertSubset(dataOf(lshw.memory), dataOf(dmidecode.memory), 'memory');
  assertSubset(dataOf(lshw.cpu).socketList ?? [], dataOf(dmidecode.cpu).socketList ?? [], 'sockets');
});

/** What the first says is in the second too; the second may say more. */
function assertSubset(part: unknown, whole: unknown, name: string): void {
  if (typeof part !== 'object' || part === null) {
    assert.deepEqual(part, whole, name);
    return;
  }
  if (Array.isArray(part)) assert.equal(part.length, (whole as unknown[]).length, name);
  for (const [key, value] of Object.entries(part)) assertSubset(value, (whole as Record<string, unknown>)[key], `${name}.${key}`);
}

interface UpstreamPart {
  Common: { Model: string; Serial: string; Vendor: string; Firmware: { Installed: string } | null };
}

test('lshw of one machine: what the project that recorded it expects', () => {
  const expected = recordedAnswer<{
    Common: UpstreamPart['Common'];
    Mainboard: UpstreamPart;
    BIOS: UpstreamPart;
    CPUs: UpstreamPart[];
    Memory: (UpstreamPart & { Slot: string; SizeBytes: number })[];
    Drives: (UpstreamPart & { CapacityBytes: number })[];
  }>('ironlib/expected-by-upstream/e3c246d4i-nl.E3C246D4INL.json');
  const sections = sectionsOf({ lshw: recording('ironlib/fixtures/asrr/e3c246d4i-nl/lshw.json') });
  const system = dataOf(sections.system);
  assert.equal(system.serial, expected.Common.Serial);
  assert.equal(system.vendor, expected.Common.Vendor);
  // the order number behind the name is no part of it
  assert.equal(`${system.product} (To Be Filled By O.E.M.)`, expected.Common.Model);
  assert.equal(dataOf(sections.board).serial, expected.Mainboard.Common.Serial);
  assert.equal(dataOf(sections.firmware).version, expected.BIOS.Common.Firmware?.Installed);
  assert.deepEqual(
    dataOf(sections.cpu).socketList?.map((socket) => socket.model),
    expected.CPUs.map((cpu) => cpu.Common.Model),
  );
  const fitted = expected.Memory.filter((module) => module.SizeBytes > 0);
  assert.deepEqual(
    dataOf(sections.memory)
      .dimms.filter((dimm) => dimm.populated)
      .map((dimm) => [dimm.locator, dimm.serial, dimm.sizeBytes]),
    fitted.map((module) => [module.Slot, module.Common.Serial, module.SizeBytes]),
  );
  const serials = new Set(dataOf(sections.disks).map((disk) => disk.serial));
  for (const drive of expected.Drives.filter((one) => /^PHYF/.test(one.Common.Serial))) assert.ok(serials.has(drive.Common.Serial));
});

test('disks, interfaces and cards of a recorded machine: virtual media and bonds are none', () => {
  const sections = sectionsOf({ lshw: recording('ironlib/fixtures/asrr/e3c246d4i-nl/lshw.json') });
  assert.deepEqual(
    dataOf(sections.disks).map((disk) => [disk.name, disk.serial, disk.sizeBytes, disk.hctl, disk.mediumPresent]),
    [
      ['sda', 'PHYF001300HB480BGN', 480103981056, '4:0:0:0', undefined],
      ['sdb', 'PHYF001209KL480BGN', 480103981056, '5:0:0:0', undefined],
      ['sdc', undefined, undefined, '9:0:0:0', false],
      ['sdd', undefined, undefined, '10:0:0:0', false],
    ],
  );
  assert.deepEqual(
    dataOf(sections.nics).map((nic) => [nic.name, nic.pciAddress, nic.speedMbps, nic.firmware, nic.bmcLink]),
    [
      ['eno1', '0000:01:00.0', 10_000, '6.01 0x80003fa1 1.1853.0', undefined],
      ['eno2', '0000:01:00.1', 10_000, '6.01 0x80003fa1 1.1853.0', undefined],
      ['enxee6b7558e887', undefined, undefined, 'CDC Ethernet Device', true],
    ],
  );
  assert.deepEqual(
    dataOf(sections.gpus ?? { status: 'absent' }).map((gpu) => [gpu.pciAddress, gpu.model]),
    [
      ['0000:00:02.0', undefined],
      ['0000:04:00.0', 'ASPEED Graphics Family'],
    ],
  );
  assert.equal(sections.accelerators?.status, 'absent');
  // what lshw never prints is not said to be missing
  for (const name of ['slots', 'fans', 'powerSupplies', 'tpm'] as const) {
    assert.deepEqual(
      [sections[name]?.status, sections[name]?.status === 'absent' && sections[name].reason],
      ['absent', 'dmidecode did not run'],
    );
  }
});

const XML = recordings('collins/test/resources/lshw-');

test('XML of recorded servers: counts by another way, and no name that lshw made up', () => {
  for (const name of XML) {
    const bytes = recording(name);
    const text = bytes.toString();
    const sections = sectionsOf({ lshw: bytes });
    const memory = dataOf(sections.memory);
    assert.equal(memory.dimms.length, text.match(/<node id="bank:\d+"/g)?.length, name);
    assert.equal(memory.slotsEmpty, text.match(/DIMM.*\[empty\]/g)?.length, name);
    assert.equal(memory.installedBytes, 32 * 1024 ** 3, name);
    assert.equal(dataOf(sections.cpu).socketList?.length, text.match(/class="processor"/g)?.length, name);
    assert.equal(dataOf(sections.pci).length, text.match(/<businfo>pci@/g)?.length, name);
    assert.match(dataOf(sections.system).product ?? '', /^PowerEdge [CR]\d+$/);
    // their maker is Dell
    assert.ok(!/Winbond|Hynix Semi/.test(JSON.stringify(sections)), name);
  }
  const { system } = sectionsOf({ lshw: recording('collins/test/resources/lshw-nvme.xml') });
  // 44454C4C-… is DELL in the order of the bytes; the kernel says 4c4c4544-…
  assert.equal(dataOf(system).uuid, undefined);
});

test('XML and JSON of one tree are read alike', () => {
  const xml = `<?xml version="1.0" ?>\n<list>\n<node id="host" claimed="true" class="system" handle="DMI:0001">
 <product>P</product>\n <configuration>\n  <setting id="chassis" value="blade" />\n </configuration>
 <node id="net" class="network" disabled="true" handle="">\n  <businfo>pci@0000:01:00.0</businfo>\n  <logicalname>eno1</logicalname>
  <logicalname>/x</logicalname>\n  <size units="bit/s">1000</size>\n  <capabilities>\n   <capability id="rom" >ROM</capability>
  </capabilities>\n </node>\n</node>\n</list>\n`;
  const json = {
    id: 'host',
    class: 'system',
    handle: 'DMI:0001',
    product: 'P',
    configuration: { chassis: 'blade' },
    children: [
      {
        id: 'net',
        class: 'network',
        disabled: true,
        businfo: 'pci@0000:01:00.0',
        logicalname: ['eno1', '/x'],
        size: 1000,
        capabilities: { rom: 'ROM' },
      },
    ],
  };
  const fromXml = parseLshw(Buffer.from(xml));
  assert.equal(fromXml.length, 2);
  for (const text of [JSON.stringify(json), JSON.stringify([json]), `WARNING: not root\n${JSON.stringify(json)},\n`]) {
    assert.deepEqual(parseLshw(Buffer.from(text)), fromXml, text);
  }
});

test('a tree that was cut off is not used', () => {
  for (const name of [...XML, 'ironlib/fixtures/asrr/e3c246d4i-nl/lshw.json']) {
    const bytes = recording(name);
    for (let part = 1; part < 20; part++) assert.deepEqual(parseLshw(bytes.subarray(0, Math.floor((bytes.length * part) / 20))), []);
  }
});

test('damaged in single bytes: a valid record', () => {
  for (const name of ['collins/test/resources/lshw-nvme.xml', 'ironlib/fixtures/asrr/e3c246d4i-nl/lshw.json']) {
    const bytes = recording(name);
    for (let at = 200; at < bytes.length; at += 4001) {
      for (const value of [0x00, 0x22, 0x2d, 0x30, 0x3c, 0x7d, 0xff]) {
        const damaged = Buffer.from(bytes);
        damaged[at] = value;
        NodeRecord.parse(normalise(fixtureCapture({ outputs: { lshw: damaged } })));
      }
    }
  }
});

const tree = (...children: object[]) =>
  JSON.stringify({ id: 'host', class: 'system', product: 'From lshw', serial: 'L1', children: [{ id: 'core', class: 'bus', children }] });

test('what several tools saw is told by the others before lshw; what lshw alone saw is there, too', () => {
  const lshw = tree(
    {
      id: 'memory',
      class: 'memory',
      description: 'System Memory',
      handle: 'DMI:0010',
      children: [{ id: 'bank:0', class: 'memory', size: 1024 }],
    },
    { id: 'pci', class: 'network', businfo: 'pci@0000:09:00.0', logicalname: 'eth9', serial: '00:00:5e:00:53:09' },
  );
  const dmidecode = dmiText([1, 'System Information', { 'Product Name': 'From dmidecode' }]);
  const lspci = 'Slot:\t0000:01:00.0\nClass:\tEthernet controller [0200]\n\n';
  const ip = JSON.stringify([{ ifname: 'eno1', address: '00:00:5e:00:53:01', link_type: 'ether' }]);
  const sections = sectionsOf({ lshw, dmidecode, lspci, 'ip-link': ip });
  assert.deepEqual(dataOf(sections.system), { product: 'From dmidecode' });
  assert.deepEqual(
    dataOf(sections.memory).dimms.map(({ sizeBytes }) => sizeBytes),
    [1024],
  );
  assert.deepEqual(
    dataOf(sections.pci).map(({ address }) => address),
    ['0000:01:00.0', '0000:09:00.0'],
  );
  assert.deepEqual(
    dataOf(sections.nics).map((nic) => nic.name),
    ['eno1', 'eth9'],
  );
  const withKernel = fixtureCapture({ outputs: { lshw }, files: { 'sys/class/dmi/id/product_name': 'From the kernel\n' } });
  assert.deepEqual(dataOf(normalise(withKernel).sections.system), { product: 'From the kernel' });
});

test('single facts are filled in only where the device is surely the same', () => {
  const nic = (name: string, address: string) => ({
    id: 'network',
    class: 'network',
    businfo: `pci@${address}`,
    logicalname: name,
    serial: '00:00:5e:00:53:01',
    configuration: { driver: 'igb', firmware: '1.2', speed: '10Gbit/s', link: 'yes' },
  });
  const lshw = (address: string) =>
    tree(nic('eno1', address), { id: 'disk', class: 'disk', logicalname: '/dev/sda', serial: 'D1', product: 'Model', version: 'FW1' });
  const ip = JSON.stringify([{ ifname: 'eno1', address: '00:00:5e:00:53:01', link_type: 'ether' }]);
  const links = { 'sys/class/net/eno1': 'sys/devices/pci0000:00/0000:01:00.0/net/eno1' };
  const nicsOf = (address: string) =>
    dataOf(normalise(fixtureCapture({ outputs: { lshw: lshw(address), 'ip-address': ip }, links })).sections.nics);
  assert.deepEqual([nicsOf('0000:01:00.0')[0]?.driver, nicsOf('0000:01:00.0')[0]?.firmware], ['igb', '1.2']);
  assert.equal(nicsOf('0000:01:00.0')[0]?.linkUp, undefined);
  assert.equal(nicsOf('0000:02:00.0')[0]?.driver, undefined);
  const lsblk = (serial: string) => JSON.stringify({ blockdevices: [{ name: 'sda', type: 'disk', size: 1000, serial }] });
  const disksOf = (serial: string) => dataOf(sectionsOf({ lshw: lshw('0000:01:00.0'), lsblk: lsblk(serial) }).disks);
  assert.deepEqual([disksOf('D1')[0]?.model, disksOf('D1')[0]?.firmware], ['Model', 'FW1']);
  assert.equal(disksOf('D2')[0]?.model, undefined);
});

test('microcode is decimal, an NVMe drive stands above its namespace, a module of 32 GiB has no size', () => {
  const sections = sectionsOf({
    lshw: tree(
      { id: 'cpu', class: 'processor', product: 'Example CPU', configuration: { microcode: '83898113' }, capabilities: { vmx: true } },
      {
        id: 'nvme',
        class: 'storage',
        businfo: 'pci@0000:3b:00.0',
        product: 'Drive X',
        serial: 'N1',
        version: 'FW9',
        logicalname: '/dev/nvme0',
        children: [{ id: 'namespace:1', class: 'disk', logicalname: '/dev/nvme0n1', size: 1_920_383_410_176 }],
      },
      {
        id: 'memory',
        class: 'memory',
        description: 'System Memory',
        handle: 'DMI:0010',
        children: [{ id: 'bank:0', class: 'memory', handle: 'DMI:0011', description: 'DIMM DDR4', slot: 'A1', size: 0x7fff * 1024 ** 2 }],
      },
      { id: 'network', class: 'network', businfo: 'virtio@0', logicalname: 'eth0', serial: '52:54:00:00:00:01' },
    ),
  });
  const { model, microcode, virtualization, sockets } = dataOf(sections.cpu);
  assert.deepEqual(
    { model, microcode, virtualization, sockets },
    {
      model: 'Example CPU',
      microcode: '0x5002f01',
      virtualization: 'vmx',
      sockets: undefined,
    },
  );
  assert.deepEqual(dataOf(sections.disks), [
    {
      name: 'nvme0n1',
      sizeBytes: 1_920_383_410_176,
      model: 'Drive X',
      serial: 'N1',
      firmware: 'FW9',
      transport: 'nvme',
      pciAddress: '0000:3b:00.0',
    },
  ]);
  assert.deepEqual(dataOf(sections.memory).dimms, [{ handle: '0x0011', locator: 'A1', populated: true, type: 'DDR4', formFactor: 'DIMM' }]);
  assert.deepEqual(
    dataOf(sections.nics).map(({ name, bus }) => [name, bus]),
    [['eth0', 'virtio']],
  );
});

test('without SMBIOS lshw knows how much memory there is, and nothing of modules', () => {
  const lshw = tree({ id: 'memory', class: 'memory', description: 'System memory', size: 4_142_325_760 });
  const memory = dataOf(sectionsOf({ lshw }).memory);
  assert.deepEqual([memory.totalBytes, memory.dimms], [4_142_325_760, []]);
});

test('lshw beside a slice of dmidecode: each structure of the slice, and all that the slice does not hold', () => {
  const bank = (handle: string, slot: string, serial: string) => ({
    id: `bank:${slot.slice(1)}`,
    class: 'memory',
    handle,
    slot,
    serial,
    size: 1024 ** 3,
  });
  const memory = (...children: object[]) => ({ id: 'memory', class: 'memory', description: 'System Memory', handle: 'DMI:0010', children });
  const lshw = tree(memory(bank('DMI:0011', 'A1', 'M1'), bank('DMI:0012', 'A2', 'M2')));
  const modules = (handle: string) => {
    const dmidecode = `Handle ${handle}, DMI type 17, 40 bytes\nMemory Device\n\tSize: 2 GB\n\tLocator: A1\n\tSerial Number: M1\n\n`;
    const { sections } = normalise(fixtureCapture({ outputs: { lshw, 'dmidecode-modules': dmidecode } }));
    assert.equal(dataOf(sections.system).serial, 'L1');
    return dataOf(sections.memory).dimms.map(({ serial, sizeBytes }) => [serial, sizeBytes]);
  };
  assert.deepEqual(modules('0x0011'), [
    ['M1', 2 * 1024 ** 3],
    ['M2', 1024 ** 3],
  ]);
  // no handle in common: that could be another machine
  assert.deepEqual(modules('0x0099'), [['M1', 2 * 1024 ** 3]]);
});
