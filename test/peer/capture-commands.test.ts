import assert from 'node:assert/strict';
import test from 'node:test';
import { isCapturePath } from '../../src/domain/capture.ts';
import { CAPTURE_COMMANDS } from '../../src/peer/capture-commands.ts';
import { planCommands } from '../../src/peer/capture-plan.ts';

const devices = {
  interfaces: ['eno1', 'odd/name{}'],
  smartDisks: ['sda', 'cciss!c0d0'],
  nvmeControllers: ['nvme0'],
  enclosures: ['0:0:5:0'],
  hasIpmi: true,
};
const scan = {
  devices: [
    { name: '/dev/bus/6', type: 'megaraid,14' },
    { name: '/dev/sda; reboot', type: 'megaraid,1' },
    { name: '/dev/sda', type: 'scsi' },
  ],
};
const first = planCommands(CAPTURE_COMMANDS, devices);
const planned = [...first, ...first.flatMap((command) => command.followUp?.(Buffer.from(JSON.stringify(scan))) ?? [])];
const argvOf = (tool: string) => planned.filter((command) => command.argv[0] === tool).map((command) => command.argv.slice(1).join(' '));

/** The whole of what may be run. A new row in the table needs a line here, and a reader who asks whether it only reads. */
const ALLOWED: Record<string, RegExp[]> = {
  dmidecode: [/^$/],
  lscpu: [/^-J$/],
  lsblk: [/^--json --bytes --output-all$/],
  lspci: [/^-Dvmmnnk$/],
  lsusb: [/^$/],
  'nvidia-smi': [/^-q -x$/],
  ip: [/^-json -details (address|link)$/],
  lldpctl: [/^-f json$/],
  ethtool: [/^(-[iPm] )?[^- ]\S*$/],
  smartctl: [/^--json=c -i -A -H -l error (-d [a-z0-9+,/]+ )?\/dev\/\S+$/, /^--json=c --scan-open$/],
  sg_ses: [/^--readonly --join \/dev\/bsg\/[\d:]+$/],
  // only `show`; `nolog` keeps them from writing a file
  storcli64: [/^\/call(\/vall|\/eall\/sall)? show all J nolog$/],
  perccli64: [/^\/call(\/vall|\/eall\/sall)? show all J nolog$/],
  ssacli: [/^ctrl all show config detail$/],
  ibstat: [/^$/],
  nvme: [/^list -o json$/, /^(id-ctrl|smart-log) \/dev\/nvme\d+ -o json$/],
  ipmitool: [/^-I open (mc info|lan print [1238]|fru print|user summary|sdr elist full|sel info|sel elist last 200)$/],
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
    const allowed = argv[0] === 'nvme' ? ['-o'] : isSummary ? ['user'] : [];
    const found = argv.slice(1).filter((word) => words.test(word) && !allowed.includes(word));
    assert.deepEqual(found, [], argv.join(' '));
  }
});

test('each tool of the inventory is in the table', () => {
  assert.deepEqual([...new Set(planned.map((command) => command.argv[0]))].sort(), Object.keys(ALLOWED).sort());
});

test('one command per device, with names that can be files', () => {
  assert.deepEqual(argvOf('smartctl'), [
    '--json=c -i -A -H -l error /dev/sda',
    '--json=c -i -A -H -l error /dev/cciss/c0d0',
    '--json=c --scan-open',
    // a drive behind a controller; what is no plain device is not asked
    '--json=c -i -A -H -l error -d megaraid,14 /dev/bus/6',
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
    [0, 4, 64, 216, 1, 2, 3, 7].map((code) => rule?.isOk?.(code)),
    [true, true, true, true, false, false, false, false],
  );
});

test('without an IPMI device no IPMI command is run', () => {
  const without = planCommands(CAPTURE_COMMANDS, { ...devices, hasIpmi: false });
  const ipmi = without.filter((command) => command.argv[0] === 'ipmitool');
  assert.equal(ipmi.length, 10);
  for (const command of ipmi) assert.match(command.absentReason ?? '', /no IPMI device/);
  assert.ok(without.filter((command) => command.argv[0] !== 'ipmitool').every((command) => command.absentReason === undefined));
});

test('the SNMP community never reaches the capture', () => {
  const rule = CAPTURE_COMMANDS.find((command) => command.id === 'ipmi-lan-print');
  const text =
    'IP Address              : 10.0.0.1\nSNMP Community String   : s3cret\nMAC Address             : 00:11:22:33:44:55\n                        : s3cret\n';
  const kept = rule?.keep?.(Buffer.from(text)).toString();
  assert.equal(kept, 'IP Address              : 10.0.0.1\nMAC Address             : 00:11:22:33:44:55\n');
});
