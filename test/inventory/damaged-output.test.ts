import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { NodeRecord } from '../../src/domain/node-record.ts';
import { normalise } from '../../src/inventory/normalise.ts';
import { fixtureCapture } from './capture-fixture.ts';

const MACHINES = fileURLToPath(new URL('../../../shared/machines', import.meta.url));
const skip = existsSync(MACHINES) ? false : 'the recordings of real machines are not beside this checkout';

/** One recording for each command of disks, network and BMC. */
const SOURCES: Record<string, string> = {
  lsblk: 'ironic-python-agent/hardware_samples/RAID_BLK_DEVICE_TEMPLATE.json',
  'smartctl-sda': 'telegraf/plugins/inputs/smartctl/testcases_device/scsi_extended/response.json',
  'smartctl-behind-megaraid-14-bus-6': 'telegraf/plugins/inputs/smartctl/testcases_device/megaraid/response.json',
  'smartctl-nvme0n1': 'telegraf/plugins/inputs/smartctl/testcases_device/nvme/response.json',
  'nvme-id-ctrl-nvme0': 'ironlib/fixtures/utils/nvme/nvmecli-id-ctrl',
  'storcli-controllers': 'pystorcli2/tests/datatest/namedSet/error_codes_00/__c0_show_J.json',
  'perccli-controllers': 'ironlib/fixtures/utils/storecli/show.json',
  ssacli: 'hardware/hardware/tests/samples/ctrl_ld_show',
  'mdadm-examine': 'jc/tests/fixtures/generic/mdadm-examine-raid1-ok.out',
  'ethtool-eth0': 'jc/tests/fixtures/generic/ethtool--default1.out',
  'ethtool-module-eth0': 'jc/tests/fixtures/generic/ethtool--module-info.out',
  lldpctl: 'collins/test/resources/lldpctl-two-nic.xml',
  'ipmi-lan-print': 'hardware/hardware/tests/samples/ipmi_lan_info',
  'ipmi-lan6-print': 'ironic-python-agent/hardware_samples/IPMITOOL_LAN6_PRINT_STATIC_ADDR.txt',
  'ipmi-sdr': 'telegraf/ipmi_sensor_test/mockData_L238.txt',
};
const files = { 'sys/class/net/eth0/address': '52:54:00:00:00:01\n', 'sys/block/sda/size': '2048\n', 'sys/block/nvme0n1/size': '2048\n' };
const read = (path: string): string => readFileSync(join(MACHINES, path), 'latin1');
const recordOf = (outputs: Record<string, string>): NodeRecord =>
  NodeRecord.parse(
    normalise(
      fixtureCapture({
        outputs: Object.fromEntries(Object.entries(outputs).map(([id, text]) => [id, Buffer.from(text, 'latin1')])),
        files,
      }),
    ),
  );

/** Numbers in a row that anybody can make again (Park and Miller). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

const DAMAGES: Record<string, (text: string, random: () => number) => string> = {
  truncated: (text, random) => text.slice(0, Math.floor(random() * text.length)),
  'without its beginning': (text, random) => text.slice(Math.floor(random() * text.length)),
  reordered: (text, random) =>
    text
      .split('\n')
      .map((line) => ({ line, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ line }) => line)
      .join('\n'),
  doubled: (text) => `${text}\n${text}`,
  'with a line lost': (text, random) => {
    const lines = text.split('\n');
    lines.splice(Math.floor(random() * lines.length), 1);
    return lines.join('\n');
  },
  'ridden with NUL': (text, random) => text.replaceAll(/./g, (character) => (random() < 0.02 ? `${character}\0` : character)),
  'with bytes that are no UTF-8': (text, random) => text.replaceAll(/./g, (character) => (random() < 0.01 ? '\xff' : character)),
  empty: () => '',
};

/** Texts of a record that must stand in the input; those that we write ourselves are not asked. */
const OURS = /^(ok|absent|failed|uefi|bios|storcli|perccli|ssacli|sata|sas|nvme|SATA|SAS|NVME|ether)$/;

function textsOf(value: unknown, key = ''): [string, string][] {
  if (typeof value === 'string') return [[key, value]];
  if (Array.isArray(value)) return value.flatMap((item) => textsOf(item, key));
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([name, item]) => textsOf(item, name));
  return [];
}

/** Damage that only takes away or moves must not bring a serial, MAC, address or model that was in no output. */
const IDENTITIES = new Set([
  'serial',
  'mac',
  'permanentMac',
  'address',
  'model',
  'chassisId',
  'chassisName',
  'portId',
  'vendor',
  'partNumber',
  'firmware',
  'uuid',
]);

for (const [damage, apply] of Object.entries(DAMAGES)) {
  test(`output ${damage}: valid, no section fails, nothing invented`, { skip }, () => {
    const random = sequence(20_261_120);
    const whole = Object.fromEntries(Object.entries(SOURCES).map(([id, path]) => [id, read(path)]));
    for (let round = 0; round < 25; round++) {
      const outputs = Object.fromEntries(Object.entries(whole).map(([id, text]) => [id, apply(text, random)]));
      const record = recordOf(outputs);
      const input = Object.values(outputs).join('\n').replaceAll('\0', '').replaceAll(/\s+/g, ' ').toLowerCase();
      for (const [name, section] of Object.entries(record.sections)) {
        const { status, reason } = section as { status: string; reason?: string };
        if (status === 'failed') assert.match(reason ?? '', /ended well, but its output says nothing/, `${name}, round ${round}`);
        const data = (section as { data?: unknown }).data;
        for (const [key, text] of textsOf(data)) {
          if (
            !IDENTITIES.has(key) ||
            OURS.test(text) ||
            text.includes('\ufffd') ||
            Object.values(files).some((file) => file.includes(text))
          )
            continue;
          assert.ok(input.includes(text.toLowerCase().replace(/^0x/, '')), `${name}.${key}: ${text} is in no output, round ${round}`);
        }
      }
    }
  });
}

test('a text that stops anywhere says no identity that the whole does not say', { skip }, () => {
  const identities = (outputs: Record<string, string>): string[] =>
    textsOf(Object.values(recordOf(outputs).sections).map((section) => (section as { data?: unknown }).data))
      .filter(([key]) => IDENTITIES.has(key))
      .map(([key, text]) => `${key} ${text}`);
  for (const [id, path] of Object.entries(SOURCES)) {
    const text = read(path);
    const whole = new Set([...identities({ [id]: text }), ...identities({})]);
    const step = Math.max(1, Math.floor(text.length / 150));
    for (let length = 0; length < text.length; length += step) {
      for (const found of identities({ [id]: text.slice(0, length) })) assert.ok(whole.has(found), `${id}, first ${length}: ${found}`);
    }
  }
});

test('a doubled output counts nothing twice', { skip }, () => {
  const json = ['lsblk', 'smartctl-sda', 'storcli-controllers', 'perccli-controllers', 'nvme-id-ctrl-nvme0', 'smartctl-nvme0n1'];
  for (const [id, path] of Object.entries(SOURCES)) {
    const text = read(path);
    // two JSON documents behind each other are none
    if (json.includes(id) || id.startsWith('smartctl-behind')) continue;
    // two sensors may have one name and one reading
    if (id === 'ipmi-sdr') continue;
    assert.deepEqual(recordOf({ [id]: `${text}\n${text}` }).sections, recordOf({ [id]: text }).sections, id);
  }
});

test('another serial in the input is that serial in the record, and nothing else changes', { skip }, () => {
  const path = SOURCES['smartctl-behind-megaraid-14-bus-6'] ?? '';
  const before = JSON.stringify(recordOf({ 'smartctl-behind-x': read(path) }).sections);
  const after = JSON.stringify(recordOf({ 'smartctl-behind-x': read(path).replaceAll('ZAD2C11G', 'QQ11ZZ22') }).sections);
  assert.notEqual(before, after);
  assert.equal(after, before.replaceAll('ZAD2C11G', 'QQ11ZZ22'));
});
