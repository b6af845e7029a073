import type { ToolTexts } from '../properties/tool-texts.ts';
import { recordedText, recordings } from './recording-files.ts';

/** One recording for each command; no machine has them all, so that a section never hides behind another's. */
const ONE_EACH: Readonly<Record<string, string>> = {
  lsblk: 'ironic-python-agent/hardware_samples/RAID_BLK_DEVICE_TEMPLATE.json',
  lscpu: 'hardware/hardware/tests/samples/lscpu',
  lsusb: 'jc/tests/fixtures/centos-7.7/lsusb.out',
  'nvidia-smi': 'telegraf/plugins/inputs/nvidia_smi/testdata/tesla-t4.xml',
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
  'hdparm-sda': 'ironlib/fixtures/utils/hdparm/hdparm-i',
  'rocm-smi': 'telegraf/plugins/inputs/amd_rocm_smi/testdata/mi100_rocm602.json',
  'ipmi-lan-print': 'hardware/hardware/tests/samples/ipmi_lan_info',
  'ipmi-lan6-print': 'ironic-python-agent/hardware_samples/IPMITOOL_LAN6_PRINT_STATIC_ADDR.txt',
  'ipmi-sdr': 'telegraf/ipmi_sensor_test/mockData_L238.txt',
};
/** Not all of these are in the repository. */
const LSHW = [
  'ironlib/fixtures/asrr/e3c246d4i-nl/lshw.json',
  'hardware/hardware/tests/samples/lshw',
  'collins/test/resources/lshw-nvme.xml',
  'ironic-python-agent/hardware_samples/LSHW_JSON_OUTPUT_V1.json',
].filter((path) => recordings(path).length > 0);
const LLDP = [
  'collins/test/resources/lldpctl-two-nic.xml',
  'netbox-agent/tests/fixtures/lldp/cumulus.txt',
  'netbox-agent/tests/fixtures/lldp/dedibox1.txt',
  'unifabric/lldp_test/testJSON1_L16.json',
  'unifabric/lldp_test/output_L13.json',
];

/** Captures put together from the recordings of real machines, one for each dmidecode text. */
export function recordedTexts(): ToolTexts[] {
  const lspci = recordings('derived/lspci-Dvmmnnk/');
  return dmidecodePaths().map((path, at) => ({
    name: path,
    outputs: {
      ...Object.fromEntries(Object.entries(ONE_EACH).map(([id, from]) => [id, recordedText(from)])),
      dmidecode: recordedText(path),
      lspci: recordedText(lspci[at % lspci.length] ?? ''),
      lldpctl: recordedText(LLDP[at % LLDP.length] ?? ''),
      // it fills what others do not say, so that half of the machines have none
      ...(at % 2 === 0 ? {} : { lshw: recordedText(LSHW[(at >> 1) % LSHW.length] ?? '') }),
    },
    files: {
      'proc/cpuinfo': recordedText('jc/tests/fixtures/linux-proc/cpuinfo'),
      'proc/meminfo': recordedText('jc/tests/fixtures/linux-proc/meminfo'),
      'sys/block/sda/size': '2048\n',
      'sys/block/nvme0n1/size': '2048\n',
      ...Object.fromEntries(NICS.map((name, nic) => [`sys/class/net/${name}/address`, `52:54:00:00:00:0${nic}\n`])),
    },
    links: {},
  }));
}

/** Names that the LLDP recordings have. */
const NICS = ['eth0', 'eth1', 'enp1s0f0', 'eno1', 'eno2d1', 'enp5s0f0np0', 'enp129s0f0'];

function dmidecodePaths(): string[] {
  return [
    ...recordings('linuxhw-DMI/').filter((path) => path.endsWith('.txt')),
    ...recordings('netbox-agent/tests/fixtures/dmidecode/'),
    ...recordings('derived/dmidecode-3.4-from-dump/'),
    'ironlib/fixtures/asrr/e3c246d4i-nl/dmidecode',
    'ironlib/fixtures/utils/dmidecode/psu',
    'ironlib/fixtures/utils/dmidecode/tpm',
  ];
}
