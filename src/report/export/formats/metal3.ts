import { aboutMachine, fileHead } from '../about-machine.ts';
import type { LeaveOut, TextFormat } from '../format.ts';
import { installDisk } from '../install-disk.ts';
import type { ExportMachine } from '../machine.ts';
import { reachableAddress } from '../reachable-bmcs.ts';
import { yamlText } from '../safe-text.ts';
import { matching, TARGET_DISK, WORD, YES_NO } from '../setting-values.ts';
import type { ExportSettings } from '../settings.ts';

const HOW_TO = [
  'Use: kubectl apply --dry-run=server -f baremetalhosts.yaml, then without the dry run.',
  'User and password of a BMC are in the secret that credentialsName names; make the secrets first (keys username and password).',
];

/** `{host}` becomes the name of the machine. */
const SECRET = matching(
  /^(?=.{1,180}$)(?!.*[.-]$)([a-z0-9]|\{host\})([a-z0-9.-]|\{host\})*$/,
  'it is no name of a secret, such as bmc or {host}-bmc',
);
const BMC_URL = matching(
  /^[a-z][a-z0-9+-]*:\/\/\{address\}(:\d{1,5})?(\/[\w./@-]*)?$/,
  'it is no URL with {address} in it, such as ipmi://{address}',
);

/** A BareMetalHost per machine (metal3.io/v1alpha1). */
export const METAL3: TextFormat = {
  name: 'metal3',
  about: 'a BareMetalHost per machine, for Metal3',
  shape: 'file',
  keys: [
    { name: 'namespace', about: 'namespace of the objects (default: that of kubectl)', value: WORD },
    { name: 'credentials', about: 'secret with user and password of the BMC (default: {host}-bmc)', value: SECRET },
    { name: 'bmc', about: 'URL of a BMC (default: ipmi://{address}), such as redfish://{address}/redfish/v1/Systems/1', value: BMC_URL },
    { name: 'unchecked-certificates', about: 'true: BMCs have certificates of their own making (default: false)', value: YES_NO },
    { name: 'online', about: 'false: Metal3 switches the machines off (default: true)', value: YES_NO },
    { name: 'disk', about: 'where the system goes: smallest, or a device such as /dev/sda (default: Metal3 decides)', value: TARGET_DISK },
  ],
  async *write(machines, visit, leaveOut, { settings }) {
    const file = 'baremetalhosts.yaml';
    yield { file, text: fileHead('BareMetalHosts for Metal3.', visit, HOW_TO) };
    for await (const machine of machines) yield { file, text: hostDocument(machine, settings, leaveOut) };
  },
};

function hostDocument(machine: ExportMachine, settings: ExportSettings, leaveOut: LeaveOut): string {
  const { name, mac, sections } = machine;
  const { namespace, online = 'true' } = settings;
  const { bootMode } = sections.firmware ?? {};
  const { architecture } = sections.cpu ?? {};
  const lines = [
    ...['---', 'apiVersion: metal3.io/v1alpha1', 'kind: BareMetalHost', 'metadata:', `  name: ${yamlText(name)}`],
    ...(namespace === undefined ? [] : [`  namespace: ${yamlText(namespace)}`]),
    ...['spec:', `  description: ${yamlText(aboutMachine(machine))}`, `  online: ${online}`, `  bootMACAddress: ${yamlText(mac)}`],
    ...(bootMode === undefined ? [] : [`  bootMode: ${bootMode === 'uefi' ? 'UEFI' : 'legacy'}`]),
    ...(architecture === undefined ? [] : [`  architecture: ${yamlText(architecture)}`]),
    ...bmcLines(machine, settings, leaveOut),
    ...diskLines(machine, settings['disk'], leaveOut),
  ];
  return `${lines.join('\n')}\n`;
}

function bmcLines(machine: ExportMachine, settings: ExportSettings, leaveOut: LeaveOut): string[] {
  const address = reachableAddress(machine);
  if (address === undefined) {
    leaveOut('the BMC of a machine that has none with an address of its own (Metal3 keeps it as unmanaged)');
    return [];
  }
  const { bmc: url = 'ipmi://{address}', credentials = '{host}-bmc' } = settings;
  return [
    ...['  bmc:', `    address: ${yamlText(url.replace('{address}', address))}`],
    `    credentialsName: ${yamlText(credentials.replaceAll('{host}', machine.name))}`,
    ...(settings['unchecked-certificates'] === 'true' ? ['    disableCertificateVerification: true'] : []),
  ];
}

/** By the number that the drive has everywhere, before the name that it has at one boot. */
function diskLines(machine: ExportMachine, wanted: string | undefined, leaveOut: LeaveOut): string[] {
  if (wanted === undefined) return [];
  const disk = installDisk(machine, wanted);
  if (disk === undefined) {
    leaveOut('the disk of a machine without the one that --set disk names (Metal3 decides)');
    return [];
  }
  const { device, serial, wwn } = disk;
  if (wanted !== 'smallest') return ['  rootDeviceHints:', `    deviceName: ${yamlText(device)}`];
  if (serial !== undefined) return ['  rootDeviceHints:', `    serialNumber: ${yamlText(serial)}`];
  return ['  rootDeviceHints:', wwn === undefined ? `    deviceName: ${yamlText(device)}` : `    wwn: ${yamlText(wwn)}`];
}
