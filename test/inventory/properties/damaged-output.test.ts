import assert from 'node:assert/strict';
import test from 'node:test';
import { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { normalise } from '../../../src/inventory/normalise.ts';
import { dataOf, dmiText, fixtureCapture } from '../capture-fixture.ts';
import { recordedText } from '../recordings/recording-files.ts';

const recordOf = (outputs: Record<string, string>, files: Record<string, string> = {}): NodeRecord =>
  NodeRecord.parse(normalise(fixtureCapture({ outputs, files })));

// what the properties once found, one case each

test('a memory structure that stops before its size is no empty slot', () => {
  const text = dmiText(
    [17, 'Memory Device', { Size: '16 GB', Locator: 'A1' }],
    [17, 'Memory Device', { 'Total Width': '72 bits', Size: '16 GB', Locator: 'A2' }],
  );
  const { slots, slotsEmpty, dimms } = dataOf(recordOf({ dmidecode: text.slice(0, text.lastIndexOf('Size')) }).sections.memory);
  assert.deepEqual([slots, slotsEmpty, dimms.map((dimm) => dimm.locator)], [1, 0, ['A1']]);
});

test('a processor structure that stops before its status is no empty socket', () => {
  const text = dmiText([4, 'Processor Information', { 'Socket Designation': 'CPU1', Version: 'Zentral 9', Status: 'Populated, Enabled' }]);
  const { cpu } = recordOf({ dmidecode: text.slice(0, text.lastIndexOf('Version')) }).sections;
  assert.equal(cpu.status, 'absent');
});

test('an event that ipmitool has no words for counts, and the record is valid', () => {
  const { eventLog } = dataOf(
    recordOf({
      'ipmi-sel-elist':
        '1 | 04/14/2023 | 10:12:44 | Processor CPU1 IERR |  | Asserted\n2 | 04/14/2023 | 10:12:45 | Drive | Drive Fault | Asserted\n',
    }).sections.bmc,
  );
  assert.deepEqual([eventLog?.readEntries, eventLog?.critical], [2, 2]);
  assert.deepEqual(eventLog?.newestCritical, [{ time: '04/14/2023 10:12:45', sensor: 'Drive', event: 'Drive Fault' }]);
});

test('a broken tag behind a name takes the name away, and adds nothing to it', () => {
  const nameOf = (name: string): string | undefined => {
    const lldpctl = `<lldp><interface name="eth0"><chassis><id>00:11:22:33:44:55</id>${name}<ttl>120</ttl></chassis></interface></lldp>`;
    const [nic] = dataOf(recordOf({ lldpctl }, { 'sys/class/net/eth0/address': '52:54:00:00:00:01\n' }).sections.nics);
    assert.equal(nic?.lldp?.[0]?.chassisId, '00:11:22:33:44:55');
    return nic?.lldp?.[0]?.chassisName;
  };
  assert.equal(nameOf('<name>sw-1</name><descr>x</descr>'), 'sw-1');
  assert.equal(nameOf('<name>sw-1<descr label=lost>x</descr></name>'), undefined);
  assert.equal(nameOf('<name>sw-1</nome><descr>x</descr></name>'), undefined);
  assert.equal(nameOf('<name>sw-1<descr>x</descr> y</name>'), undefined);
});

test('control characters and runs of blanks are in no value', () => {
  const lscpu = 'Architecture: x86_64\nFlags: mce\x02cx8\n';
  const ssacli = 'Smart  Array\x01 P420 in Slot 1\n';
  const { sections } = recordOf({ lscpu, ssacli }, { 'proc/version': 'Linux version 6.12\x0e9 (made)\n' });
  assert.deepEqual(dataOf(sections.cpu).flags, ['cx8', 'mce']);
  assert.equal(dataOf(sections.kernel).release, '6.12');
  assert.equal(dataOf(sections.storage ?? { status: 'absent' }).controllers?.[0]?.model, 'Smart Array P420');
});

test('what no interface can be called is none', () => {
  const of = (ifname: string): object => ({ ifname, link_type: 'ether', address: '52:54:00:00:00:01' });
  const names = ['eno1', 'en\to2', 'eno 3', 'eno\u009b4', 'e/5', 'sixteen-bytes-00', 'fifteen-bytes-0', ''];
  const nics = dataOf(recordOf({ 'ip-address': JSON.stringify(names.map(of)) }).sections.nics);
  assert.deepEqual(
    nics.map(({ name }) => name),
    ['eno1', 'fifteen-bytes-0'],
  );
});

test('JSON with a raw control character in a text is read', () => {
  const [disk] = dataOf(
    recordOf({ lsblk: '{"blockdevices":[{"name":"sda","type":"disk","model":"Platte\x1f8T","size":4096}]}' }).sections.disks,
  );
  assert.equal(disk?.model, 'Platte 8T');
});

/** One recording for each command whose text may stand there twice; two JSON documents behind each other are none. */
const TEXTS: Readonly<Record<string, string>> = {
  dmidecode: 'netbox-agent/tests/fixtures/dmidecode/SM_SSG-6028R',
  lspci: 'derived/lspci-Dvmmnnk/linux-amd64-accel-nvidia.txt',
  ssacli: 'hardware/hardware/tests/samples/ctrl_ld_show',
  'mdadm-examine': 'jc/tests/fixtures/generic/mdadm-examine-raid1-ok.out',
  'ethtool-eth0': 'jc/tests/fixtures/generic/ethtool--default1.out',
  'ethtool-module-eth0': 'jc/tests/fixtures/generic/ethtool--module-info.out',
  lldpctl: 'collins/test/resources/lldpctl-two-nic.xml',
  'ipmi-lan-print': 'hardware/hardware/tests/samples/ipmi_lan_info',
  'ipmi-lan6-print': 'ironic-python-agent/hardware_samples/IPMITOOL_LAN6_PRINT_STATIC_ADDR.txt',
};

test('a doubled output counts nothing twice', () => {
  const files = { 'sys/class/net/eth0/address': '52:54:00:00:00:01\n' };
  for (const [id, path] of Object.entries(TEXTS)) {
    const text = recordedText(path);
    assert.deepEqual(recordOf({ [id]: `${text}\n${text}` }, files).sections, recordOf({ [id]: text }, files).sections, id);
  }
});

test('another serial in the input is that serial in the record, and nothing else changes', () => {
  const smart = recordedText('telegraf/plugins/inputs/smartctl/testcases_device/megaraid/response.json');
  const sections = (text: string): string => JSON.stringify(recordOf({ 'smartctl-behind-x': text }).sections);
  const after = sections(smart.replaceAll('ZAD2C11G', 'QQ11ZZ22'));
  assert.notEqual(after, sections(smart));
  assert.equal(after, sections(smart).replaceAll('ZAD2C11G', 'QQ11ZZ22'));
});
