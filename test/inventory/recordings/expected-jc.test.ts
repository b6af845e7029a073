import assert from 'node:assert/strict';
import test from 'node:test';
import { meaningful } from '../../../src/domain/values/placeholder.ts';
import { parseEthtoolModule } from '../../../src/inventory/tools/ethtool/module.ts';
import { dataOf } from '../capture-fixture.ts';
import { recordOfTexts } from '../properties/tool-texts.ts';
import { countIn, recordedAnswer, recordedText, recordings } from './recording-files.ts';

const FIXTURES = 'jc/tests/fixtures/';
const sectionsOf = (outputs: Record<string, string>, files: Record<string, string> = {}) =>
  recordOfTexts({ outputs, files, links: {} }).sections;

/** Where an answer beside a recording is compared with ours, or why it is not. A new pair of files must be put into one of these. */
const COMPARED = [
  [/centos-7\.7\/dmidecode\./, 'below'],
  [/lsusb[\w-]*\./, 'below'],
  [/ethtool--module-info\./, 'below'],
  [/ethtool--module-info-convert-units\./, 'below: the same recording with the answer in other units'],
  [/ethtool--(default\d|link-partner)/, 'below, and network.test.ts'],
  [/mdadm-examine/, 'storage.test.ts'],
  [/linux-proc\/(cpuinfo2?|meminfo)\b/, 'below'],
] as const;
const NOT_OURS = [
  [/(centos-7\.7|ubuntu-18\.04)\/lsblk/, 'a table; a capture holds lsblk as JSON'],
  [/mdadm-query/, 'mdadm --detail asks assembled arrays, and a capture assembles none'],
  [/udevadm/, 'not in a capture: what udev knows comes with lsblk'],
  [/linux-proc\/partitions/, 'copied, and read of by nobody: lsblk and /sys/block say the same'],
] as const;

test('every answer beside a recording is compared with ours, or it is said why not', () => {
  const answers = recordings(FIXTURES).filter((path) => path.endsWith('.json'));
  assert.ok(answers.length >= countIn({ repository: 20, fullSet: 61 }), `${answers.length} answers`);
  const missing = answers.filter((path) => ![...COMPARED, ...NOT_OURS].some(([pattern]) => pattern.test(path)));
  assert.deepEqual(missing, []);
});

test('lsusb: bus, device, numbers and name of every device', () => {
  type Device = { bus?: string; device?: string; id?: string; description?: string };
  const paths = recordings(FIXTURES).filter((path) => /lsusb[\w-]*\.json$/.test(path));
  assert.ok(paths.length >= countIn({ repository: 3, fullSet: 9 }));
  for (const path of paths) {
    // some recordings hold one device several times
    const devices = recordedAnswer<Device[]>(path).filter((device) => device.id !== undefined);
    const expected = [...new Map(devices.map((device) => [`${device.bus}/${device.device}/${device.id}`, device])).values()];
    const { usb = { status: 'absent' } } = sectionsOf({ lsusb: recordedText(path.replace(/json$/, 'out')) });
    const row = ({ bus, device, id, description }: Device): unknown[] => [Number(bus), Number(device), id, meaningful(description)];
    const byPlace = (a: unknown[], b: unknown[]): number => (String(a) < String(b) ? -1 : 1);
    assert.deepEqual(
      dataOf(usb)
        .map((found) => [found.bus, found.device, `${found.vendorId}:${found.productId}`, found.name])
        .sort(byPlace),
      expected.map(row).sort(byPlace),
      path,
    );
  }
});

test('ethtool: speed, duplex, port and negotiation of an interface', () => {
  type Settings = { speed?: string; duplex?: string; port?: string };
  const paths = recordings(FIXTURES).filter((path) => /ethtool--(default|link).*\.json$/.test(path));
  assert.ok(paths.length >= 3);
  for (const path of paths) {
    const expected = recordedAnswer<Settings>(path);
    const output = recordedText(path.replace(/json$/, 'out'));
    const [nic] = dataOf(sectionsOf({ 'ethtool-eth0': output }, { 'sys/class/net/eth0/address': '52:54:00:00:00:01\n' }).nics);
    // not from the answer, which says false of `on`
    const negotiation = /^\s*Auto-negotiation: (\w+)/m.exec(output)?.[1];
    const speedMbps = /^(\d+)Mb\/s$/.exec(expected.speed ?? '')?.[1];
    assert.deepEqual(
      [nic?.speedMbps, nic?.duplex, nic?.portType, nic?.autoNegotiation],
      [
        speedMbps === undefined ? undefined : Number(speedMbps),
        expected.duplex?.toLowerCase(),
        expected.port,
        negotiation === undefined ? undefined : negotiation === 'on',
      ],
      path,
    );
  }
});

test('ethtool -m: kind, connector, types, vendor and part of a module', () => {
  type Module = {
    identifier: string;
    connector: string;
    transceiver_type: string[];
    vendor_name: string;
    vendor_pn: string;
    vendor_rev?: string;
    length_copper?: string;
  };
  for (const name of ['ethtool--module-info', 'ethtool--module-info-convert-units']) {
    const expected = recordedAnswer<Module>(`${FIXTURES}generic/${name}.json`);
    const found = parseEthtoolModule(recordedText(`${FIXTURES}generic/${name}.out`));
    assert.deepEqual(
      [`(${found?.kind})`, `(${found?.connector})`, found?.types, found?.vendor, found?.partNumber],
      [expected.identifier.slice(5), expected.connector.slice(5), expected.transceiver_type, expected.vendor_name, expected.vendor_pn],
      name,
    );
  }
});

test('dmidecode: every section that the structures fill', () => {
  type Structure = { type: number; values: Record<string, string> };
  const structures = recordedAnswer<Structure[]>(`${FIXTURES}centos-7.7/dmidecode.json`);
  const of = (type: number): Record<string, string>[] => structures.filter((one) => one.type === type).map((one) => one.values);
  const sections = sectionsOf({ dmidecode: recordedText(`${FIXTURES}centos-7.7/dmidecode.out`) });
  const [board, cpu, memory, slots] = [
    dataOf(sections.board),
    dataOf(sections.cpu),
    dataOf(sections.memory),
    dataOf(sections.slots ?? { status: 'absent' }),
  ];
  const said = (value: string | undefined): string | undefined => meaningful(value);
  assert.equal(dataOf(sections.system).uuid, of(1)[0]?.['uuid']);
  assert.equal(dataOf(sections.system).chassis?.type, of(3)[0]?.['type']);
  assert.deepEqual([board.vendor, board.product], [of(2)[0]?.['manufacturer'], of(2)[0]?.['product_name']]);
  assert.deepEqual(
    cpu.socketList?.map((socket) => [socket.designation, socket.populated]),
    of(4).map((socket) => [socket['socket_designation'], !/^Unpopulated/.test(socket['status'] ?? '')]),
  );
  const fitted = of(4).filter((socket) => !/^Unpopulated/.test(socket['status'] ?? ''));
  assert.deepEqual(
    cpu.socketList?.filter((socket) => socket.populated).map((socket) => [socket.model, socket.cores, socket.currentMhz]),
    fitted.map((socket) => [socket['version'], Number(socket['core_count']), Number.parseInt(socket['current_speed'] ?? '', 10)]),
  );
  assert.equal(memory.ecc, of(16)[0]?.['error_correction_type']);
  assert.equal(memory.maximumBytes, Number.parseInt(of(16)[0]?.['maximum_capacity'] ?? '', 10) * 1024 ** 3);
  const width = (value: string | undefined): number | undefined => (/^\d/.test(value ?? '') ? Number.parseInt(value ?? '', 10) : undefined);
  const isFitted = (module: Record<string, string>): boolean => !/^No Module/.test(module['size'] ?? '');
  assert.deepEqual(
    memory.dimms
      .filter((dimm) => dimm.populated)
      .map((dimm) => [dimm.type, dimm.formFactor, dimm.totalWidthBits, dimm.dataWidthBits, dimm.bankLocator]),
    of(17)
      .filter(isFitted)
      .map((module) => [
        said(module['type']),
        said(module['form_factor']),
        width(module['total_width']),
        width(module['data_width']),
        said(module['bank_locator']),
      ]),
  );
  assert.deepEqual(
    slots.map((slot) => [slot.designation, slot.type, slot.length]),
    of(9).map((slot) => [said(slot['designation']), said(slot['type']), said(slot['length'])]),
  );
});

test('/proc/cpuinfo: counts, vendor, microcode and every flag', () => {
  type Processor = Record<string, string | number | string[] | undefined>;
  for (const name of ['cpuinfo', 'cpuinfo2']) {
    const processors = recordedAnswer<Processor[]>(`${FIXTURES}linux-proc/${name}.json`).filter((one) => one['processor'] !== undefined);
    const cpu = dataOf(sectionsOf({}, { 'proc/cpuinfo': recordedText(`${FIXTURES}linux-proc/${name}`) }).cpu);
    const [first = {}] = processors;
    const flags = first['flags'] ?? first['Features'];
    assert.equal(cpu.threads, processors.length, name);
    assert.deepEqual([cpu.model, cpu.vendor, cpu.microcode], [first['model name'], first['vendor_id'], first['microcode']], name);
    assert.deepEqual(cpu.flags, Array.isArray(flags) ? flags.toSorted() : undefined, name);
    const sockets = new Set(processors.map((one) => one['physical id']).filter((id) => id !== undefined));
    assert.equal(cpu.sockets ?? 0, sockets.size, name);
  }
});

test('/proc/meminfo: the memory that Linux has', () => {
  const expected = recordedAnswer<{ MemTotal: number }>(`${FIXTURES}linux-proc/meminfo.json`);
  assert.equal(
    dataOf(sectionsOf({}, { 'proc/meminfo': recordedText(`${FIXTURES}linux-proc/meminfo`) }).memory).totalBytes,
    expected.MemTotal * 1024,
  );
});
