import assert from 'node:assert/strict';
import test from 'node:test';
import type { Capture } from '../../../src/domain/capture.ts';
import { normalise } from '../../../src/inventory/normalise.ts';
import { readingsOf } from '../../../src/inventory/readings/readings.ts';
import { CAPTURE_COMMANDS } from '../../../src/peer/capture/commands/commands.ts';
import { planCommands } from '../../../src/peer/capture/commands/plan.ts';
import { fixtureCapture } from '../capture-fixture.ts';
import { syntheticTexts } from '../properties/synthetic-texts.ts';
import type { ToolTexts } from '../properties/tool-texts.ts';
import { recordedTexts } from '../recordings/recorded-texts.ts';

/** Every command that a peer runs, as if it had printed an empty line; where the machine made by hand says more, that counts. */
const RUN = Object.fromEntries(
  planCommands(CAPTURE_COMMANDS, {
    interfaces: ['eno1'],
    smartDisks: ['sda'],
    nvmeControllers: ['nvme0'],
    enclosures: ['0:0:9:0'],
    infinibandDevices: ['mlx5_0'],
    usbDevices: ['usb1'],
    hasIpmi: true,
  })
    // it only tells which drives to ask; no fact of the record is taken from it
    .filter(({ id }) => !['smartctl-scan', 'ipmi-sdr-info'].includes(id))
    .map(({ id }) => [id, '\n']),
);
/** What no peer runs by itself, or only when another output says so. */
const MORE = {
  'dmidecode-memory': '# dmidecode 3.4\n',
  lshw: '{"id": "x1", "class": "system", "children": [{"id": "core", "class": "bus"}]}',
  efibootmgr: 'BootCurrent: 0001\n',
  multipath: '\n',
  'smartctl-nvme0': '{}',
  'smartctl-behind-megaraid-14': '{}',
  'hdparm-sda': '\n',
  'lvm-pvs': '{}',
  'lvm-vgs': '{}',
  'lvm-lvs': '{}',
  'ipmi-sensor': '\n',
  'custom-probe': 'seen\n',
};
const ENCLOSURE = { 'sys/class/enclosure/0:0:9:0/id': 'x\n' };

/** How often each output was asked for while the capture was normalised. */
function timesRead({ outputs, files, links }: Omit<ToolTexts, 'name'>): Map<string, number> {
  const times = new Map<string, number>();
  const capture: Capture = fixtureCapture({ outputs, files, links });
  normalise({
    ...capture,
    output: (id) => {
      times.set(id, (times.get(id) ?? 0) + 1);
      return capture.output(id);
    },
  });
  return times;
}

const moreThanOnce = (times: ReadonlyMap<string, number>) => [...times].filter(([, count]) => count > 1);

test('however many sections ask, an output is read once, and none is forgotten', () => {
  const [server] = syntheticTexts();
  assert.ok(server);
  const outputs = { ...RUN, ...server.outputs, ...MORE };
  const times = timesRead({ ...server, outputs, files: { ...server.files, ...ENCLOSURE } });
  assert.deepEqual(moreThanOnce(times), []);
  assert.deepEqual(
    Object.keys(outputs).filter((id) => !times.has(id)),
    [],
  );
});

test('the same of every recording', () => {
  for (const texts of [...syntheticTexts(), ...recordedTexts()]) assert.deepEqual(moreThanOnce(timesRead(texts)), [], texts.name);
});

test('nothing is read before somebody asks', () => {
  const capture: Capture = {
    ...fixtureCapture({ outputs: { lsblk: '{}' } }),
    output: (id) => assert.fail(`${id} was read`),
  };
  assert.throws(() => readingsOf(capture).lsblk, /lsblk was read/);
});

test('of the only namespace of a controller what smartctl says of the controller will do', () => {
  const outputs = {
    'smartctl-nvme0': '{"serial_number": "C0"}',
    'smartctl-nvme1': '{"serial_number": "C1"}',
    'smartctl-nvme1n1': '{"serial_number": "N1"}',
  };
  const { smartctl } = readingsOf(fixtureCapture({ outputs }));
  assert.deepEqual(
    ['nvme0n1', 'nvme0n2', 'nvme1n1', 'sda'].map((disk) => smartctl(disk)?.serial),
    ['C0', undefined, 'N1', undefined],
  );
});

test('LAN channels in the order of their numbers, the bare name being the first', () => {
  const outputs = {
    'ipmi-lan-print-8': 'IP Address : 10.0.0.8\n',
    'ipmi-lan-print': 'IP Address : 10.0.0.1\n',
    'ipmi-lan-print-all': 'IP Address : 10.0.0.9\n',
  };
  assert.deepEqual(
    readingsOf(fixtureCapture({ outputs })).ipmi.lans.map(({ channel, fields }) => [channel, fields.get('IP Address')]),
    [
      [1, '10.0.0.1'],
      [8, '10.0.0.8'],
    ],
  );
});

test('a list of nothing is told from a list that was not made', () => {
  const of = (outputs: Record<string, string>) => {
    const { lspci, lsusb } = readingsOf(fixtureCapture({ outputs }));
    return [lspci.printedNothing, lsusb.printedNothing];
  };
  assert.deepEqual(of({ lspci: '', lsusb: '' }), [true, true]);
  assert.deepEqual(of({ lspci: 'pcilib: no bus\n', lsusb: 'no bus\n' }), [false, false]);
  assert.equal(of({})[1], false);
});
