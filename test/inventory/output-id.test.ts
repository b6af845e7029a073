import assert from 'node:assert/strict';
import test from 'node:test';
import { outputId } from '../../src/inventory/output-id.ts';

const idOf = (path: string, text?: string) => {
  const name = outputId(`raw/${path}`, text === undefined ? undefined : Buffer.from(text));
  return name === undefined ? undefined : 'id' in name ? name.id : name.file;
};

/** The name that a person gave it → the output that it is. */
const SPELLINGS: readonly (readonly [string, string | undefined])[] = [
  ['dmidecode.out', 'dmidecode'],
  ['dmidecode.txt', 'dmidecode'],
  ['dmidecode', 'dmidecode'],
  ['DMIDECODE.TXT', 'dmidecode'],
  ['dmidecode.txt.gz', 'dmidecode'],
  ['dmidecode-memory.log', 'dmidecode-memory'],
  ['rack7-dmidecode.txt', 'dmidecode-rack7-dmidecode'],
  ['dmidecode_srv01_2024-05-01.txt', 'dmidecode-dmidecode-srv01-2024-05-01'],
  ['lspci -nnvv.txt', 'lspci'],
  ['srv01.example.com_lspci_20240501-1200.txt', 'lspci'],
  ['lsblk (1).json', 'lsblk'],
  ['ip addr.txt', 'ip-address'],
  ['ip_a.txt', 'ip-address'],
  ['ip-d-address.txt', 'ip-address'],
  ['ip link show.txt', 'ip-link'],
  ['vgs.txt', 'lvm-vgs'],
  ['lvm_pvs.txt', 'lvm-pvs'],
  ['smartctl_-a_sda.txt', 'smartctl-sda'],
  ['smartctl-srv01-sda.out', 'smartctl-sda'],
  ['srv01_smartctl_dev_nvme0n1_2024-05-01.json', 'smartctl-nvme0n1'],
  ['sdb.smartctl.txt', 'smartctl-sdb'],
  ['smartctl-megaraid-14.json', 'smartctl-behind-smartctl-megaraid-14'],
  ['SMARTCTL_sda.TXT', 'smartctl-sda'],
  ['Ethtool_eno1.txt', 'ethtool-eno1'],
  ['smartctl.txt', undefined],
  ['hdparm -I sdc.txt', 'hdparm-sdc'],
  ['nvme_smart-log_nvme1.json', 'nvme-smart-log-nvme1'],
  ['ethtool eno1.txt', 'ethtool-eno1'],
  ['ethtool -i eno1.txt', 'ethtool-driver-eno1'],
  ['ethtool_-P_eno1.txt', 'ethtool-permanent-eno1'],
  ['ipmitool_fru.txt', 'ipmi-fru-print'],
  ['ipmitool lan print 3.txt', 'ipmi-lan-print-3'],
  ['ipmitool sel list.txt', 'ipmi-sel-elist'],
  ['storcli64_call_show_all.txt', 'storcli64_call_show_all'],
  ['MegaCli64-PDList-aALL.txt', 'megacli-MegaCli64-PDList-aALL'],
  ['cpuinfo.txt', 'proc/cpuinfo'],
  ['notizen.txt', undefined],
  ['midecode.txt', undefined],
  ['lspcidump.txt', undefined],
];

for (const [name, id] of SPELLINGS) test(`raw/${name} is ${id ?? 'of no tool'}`, () => assert.equal(idOf(name), id));

test('what an output says itself goes before the name of its file', () => {
  assert.equal(idOf('ethtool-srv01-x.txt', 'Settings for eno7:\n\tSpeed: 1000Mb/s\n'), 'ethtool-eno7');
  assert.equal(idOf('ethtool.txt', 'Private flags for eno7:\ndisable-fw-lldp: off\n'), 'ethtool-private-flags-eno7');
  assert.equal(idOf('smartctl.json', '{"smartctl": {}, "device": {"name": "/dev/sdd", "type": "sat"}}'), 'smartctl-sdd');
  assert.equal(idOf('hdparm.txt', '\n/dev/sde:\n\n Model=x'), 'hdparm-sde');
});
