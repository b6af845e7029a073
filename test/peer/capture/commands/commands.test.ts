import assert from 'node:assert/strict';
import test from 'node:test';
import { isCapturePath } from '../../../../src/domain/capture.ts';
import { CAPTURE_COMMANDS } from '../../../../src/peer/capture/commands/commands.ts';
import { planCommands } from '../../../../src/peer/capture/commands/plan.ts';

const devices = {
  interfaces: ['eno1', 'odd/name{}'],
  smartDisks: ['sda', 'cciss!c0d0'],
  nvmeControllers: ['nvme0'],
  enclosures: ['0:0:5:0'],
  infinibandDevices: ['mlx5_0'],
  usbDevices: ['usb1'],
  hasIpmi: true,
};
const lsblk = {
  blockdevices: [
    { kname: 'sda', fstype: 'isw_raid_member' },
    { kname: 'sdb', children: [{ kname: 'sdb1', type: 'part', fstype: 'linux_raid_member' }] },
    { kname: 'sdc', fstype: 'LVM2_member' },
    { kname: 'cciss!c0d0', fstype: 'ddf_raid_member' },
    { kname: 'sdd; reboot', fstype: 'linux_raid_member' },
    { kname: 'sde', fstype: 'ext4' },
  ],
};
const scan = {
  devices: [
    { name: '/dev/bus/6', type: 'megaraid,14' },
    { name: '/dev/sda; reboot', type: 'megaraid,1' },
    { name: '/dev/sda', type: 'scsi' },
  ],
};
const first = planCommands(CAPTURE_COMMANDS, devices);
const outputs: Record<string, unknown> = { 'smartctl-scan': scan, lsblk };
const planned = [...first, ...first.flatMap((command) => command.followUp?.(Buffer.from(JSON.stringify(outputs[command.id]))) ?? [])];
const argvOf = (tool: string) => planned.filter((command) => command.argv[0] === tool).map((command) => command.argv.slice(1).join(' '));

/** The whole of what may be run. A new row in the table needs a line here, and a reader who asks whether it only reads. */
const ALLOWED: Record<string, RegExp[]> = {
  dmidecode: [/^$/],
  lscpu: [/^-J$/],
  lsblk: [/^--json --bytes --output-all$/],
  lspci: [/^-Dvmmnnk$/],
  lsusb: [/^$/],
  'nvidia-smi': [/^-q -x$/],
  'rocm-smi': [/^-a --json$/],
  mdadm: [/^--examine \/dev\/[A-Za-z0-9/]+$/],
  // reports only, without locks, device mapper, backups and daemons
  lvm: [
    /^(pvs|vgs|lvs) --readonly --nolocking --driverloaded n --config devices \{ use_devicesfile=0 hints="none" multipath_component_detection=0 \} backup \{ backup=0 archive=0 \} activation \{ monitoring=0 \} global \{ use_lvmpolld=0 use_lvmlockd=0 event_activation=0 \} --reportformat json --units b --nosuffix -o [a-z_,]+$/,
  ],
  ip: [/^-json -details (address|link)$/],
  lldpctl: [/^-f json$/],
  ethtool: [/^((-[iPm]|--show-priv-flags) )?[^- ]\S*$/],
  smartctl: [/^--json=c -i -A -H -l error -l devstat -l ssd (-d [a-z0-9+,/]+ )?\/dev\/\S+$/, /^--json=c --scan-open$/],
  sg_ses: [/^--readonly --join \/dev\/bsg\/[\d:]+$/],
  // only `show`; `nolog` keeps them from writing a file
  storcli64: [/^\/call(\/vall|\/eall\/sall|\/sall)? show all J nolog$/],
  perccli64: [/^\/call(\/vall|\/eall\/sall|\/sall)? show all J nolog$/],
  ssacli: [/^ctrl all show config detail$/],
  ibstat: [/^$/],
  nvme: [/^list -o json$/, /^(id-ctrl|smart-log) \/dev\/nvme\d+ -o json$/],
  ipmitool: [
    /^-I open (mc info|lan print [1238]|lan6 print 1|fru print( 0)?|user summary|sdr info|sdr elist full|sel info|sel elist last 200)$/,
  ],
};

test('every command is on the allow-list of what only reads', () => {
  for (const { argv } of planned) {
    const [tool, ...args] = argv;
    assert.ok(
      ALLOWED[tool]?.some((pattern) => pattern.test(args.join(' '))),
      argv.join(' '),
    );
  }
});

test('no word that changes anything is in any command', () => {
  const words = /^(-t|--test|-o|-S|--set|-s|set|add|del|clear|delete|format|sanitize|fw-.*|reset|power|chassis|user|sol|raw|off|on)$/;
  for (const { argv } of planned) {
    const isSummary = argv.slice(-2).join(' ') === 'user summary';
    const allowed = argv[0] === 'nvme' || argv[0] === 'lvm' ? ['-o'] : isSummary ? ['user'] : [];
    const found = argv.slice(1).filter((word) => words.test(word) && !allowed.includes(word));
    assert.deepEqual(found, [], argv.join(' '));
  }
});

test('each tool of the inventory is in the table', () => {
  assert.deepEqual([...new Set(planned.map((command) => command.argv[0]))].sort(), Object.keys(ALLOWED).sort());
});

test('one command per device, with names that can be files', () => {
  assert.deepEqual(argvOf('smartctl'), [
    '--json=c -i -A -H -l error -l devstat -l ssd /dev/sda',
    '--json=c -i -A -H -l error -l devstat -l ssd /dev/cciss/c0d0',
    '--json=c --scan-open',
    // a drive behind a controller; what is no plain device is not asked
    '--json=c -i -A -H -l error -l devstat -l ssd -d megaraid,14 /dev/bus/6',
  ]);
  assert.deepEqual(argvOf('nvme').sort(), ['id-ctrl /dev/nvme0 -o json', 'list -o json', 'smart-log /dev/nvme0 -o json']);
  const ids = planned.map((command) => command.id);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.ok(isCapturePath(`raw/${id}.out`), id);
  assert.ok(ids.includes('ethtool-permanent-odd%2Fname%7B%7D'));
});

test('smartctl that describes a failing disk is no failed command', () => {
  const rule = CAPTURE_COMMANDS.find((command) => command.id === 'smartctl');
  assert.deepEqual(
    [0, 4, 64, 216, 1, 2, 3, 7].map((code) => rule?.isOk?.(code, Buffer.alloc(0))),
    [true, true, true, true, false, false, false, false],
  );
});

test('without an IPMI device no IPMI command is run', () => {
  const without = planCommands(CAPTURE_COMMANDS, { ...devices, hasIpmi: false });
  const ipmi = without.filter((command) => command.argv[0] === 'ipmitool');
  assert.equal(ipmi.length, 12);
  for (const command of ipmi) assert.match(command.absentReason ?? '', /no IPMI device/);
  assert.ok(without.filter((command) => command.argv[0] !== 'ipmitool').every((command) => command.absentReason === undefined));
});

test('what only says that there is none is not asked', () => {
  const none = {
    interfaces: [],
    smartDisks: [],
    nvmeControllers: [],
    enclosures: [],
    infinibandDevices: [],
    usbDevices: [],
    hasIpmi: false,
  };
  const reasons = new Map(planCommands(CAPTURE_COMMANDS, none).map((command) => [command.id, command.absentReason]));
  assert.deepEqual(
    ['ibstat', 'nvme-list', 'lsusb', 'lspci'].map((id) => reasons.get(id)),
    ['no InfiniBand or RoCE device', 'no NVMe drive', 'no USB', undefined],
  );
});

test('the members of software RAID and volume groups that lsblk names are asked, and no other disk', () => {
  assert.deepEqual(argvOf('mdadm'), ['--examine /dev/sda', '--examine /dev/sdb1', '--examine /dev/cciss/c0d0']);
  assert.ok(planned.some((command) => command.id === 'mdadm-examine-cciss!c0d0'));
  assert.deepEqual(
    planned.filter((command) => command.argv[0] === 'lvm').map((command) => [command.id, command.environment?.['LVM_SYSTEM_DIR']]),
    [
      ['lvm-pvs', ''],
      ['lvm-vgs', ''],
      ['lvm-lvs', ''],
    ],
  );
  const rule = CAPTURE_COMMANDS.find((command) => command.id === 'lsblk');
  assert.deepEqual(rule?.followUp?.(Buffer.from('{"blockdevices":[{"kname":"sda","fstype":"ext4"}]}')), []);
});

test('one FRU that is not fitted does not make the others a failure', () => {
  const rule = CAPTURE_COMMANDS.find((command) => command.id === 'ipmi-fru-print');
  assert.equal(rule?.isOk?.(1, Buffer.from('FRU Device Description : Builtin FRU Device (ID 0)\n')), true);
  assert.equal(rule?.isOk?.(1, Buffer.from('')), false);
});

test('of IPv6 the addresses stay, and no DUID', () => {
  const rule = CAPTURE_COMMANDS.find((command) => command.id === 'ipmi-lan6-print');
  const text = [
    'IPv6 Static Address 0:',
    '    Enabled:        yes',
    '    Address:        2001:db8::5/64',
    '    Status:         active',
    'IPv6 DHCPv6 Static DUID 0:',
    '    DUID:           00:01:00:01',
    'IPv6 Static Router 1 MAC Address: 00:11:22:33:44:55',
    '',
  ];
  assert.equal(rule?.keep?.(Buffer.from(text.join('\n'))).toString(), `${text.slice(0, 4).join('\n')}\n`);
});

test('the SNMP community never reaches the capture', () => {
  const rule = CAPTURE_COMMANDS.find((command) => command.id === 'ipmi-lan-print');
  const text =
    'IP Address              : 10.0.0.1\nSNMP Community String   : s3cret\nMAC Address             : 00:11:22:33:44:55\n                        : s3cret\n';
  const kept = rule?.keep?.(Buffer.from(text)).toString();
  assert.equal(kept, 'IP Address              : 10.0.0.1\nMAC Address             : 00:11:22:33:44:55\n');
});
