import { aboutMachine, fileHead } from '../about-machine.ts';
import type { LeaveOut, TextFormat } from '../format.ts';
import type { ExportMachine } from '../machine.ts';
import { reachableAddress } from '../reachable-bmcs.ts';
import { WORD, YES_NO } from '../setting-values.ts';
import type { ExportSettings } from '../settings.ts';

const HOW_TO = [
  'Use: maas login PROFILE URL; then, with the password of the BMCs in BMC_PASSWORD: sh -e maas-machines.sh PROFILE',
  'No password stands here: each line takes it from the environment, where --set power-user gives the BMCs a user.',
];

const ARCHITECTURES: Readonly<Record<string, string>> = {
  ...{ x86_64: 'amd64/generic', aarch64: 'arm64/generic', ppc64le: 'ppc64el/generic', s390x: 's390x/generic' },
};

/** A line of shell per machine that makes it known to MAAS (`machines create`), with its BMC for power where that can be reached. */
export const MAAS: TextFormat = {
  name: 'maas',
  about: 'a command per machine that makes it known to MAAS',
  shape: 'file',
  keys: [
    { name: 'power-user', about: 'user of the BMCs; the password comes from BMC_PASSWORD (default: none of both)', value: WORD },
    { name: 'commission', about: 'true: MAAS switches each machine on and looks at it at once (default: false)', value: YES_NO },
    ...['domain', 'zone', 'pool'].map((name) => ({ name, about: `${name} in MAAS (default: that of MAAS)`, value: WORD })),
  ],
  async *write(machines, visit, leaveOut, { settings }) {
    const file = 'maas-machines.sh';
    const begin = [`profile=\${1:?the profile of maas login}`];
    if (settings['power-user'] !== undefined) begin.push(`: "\${BMC_PASSWORD:?the password of the BMCs}"`);
    yield { file, text: `${fileHead('Machines for MAAS.', visit, HOW_TO)}${begin.join('\n')}\n` };
    for await (const machine of machines) {
      const architecture = ARCHITECTURES[machine.sections.cpu?.architecture ?? ''];
      if (architecture === undefined) {
        leaveOut('a machine whose architecture is not known, or none of MAAS');
        continue;
      }
      const words = [`hostname=${machine.name}`, `architecture=${architecture}`, `mac_addresses=${machine.mac}`, ...others(settings)];
      const line = ['maas "$profile" machines create', ...words, ...power(machine, settings, leaveOut)].join(' ');
      yield { file, text: `# ${aboutMachine(machine)}\n${line}\n` };
    }
  },
};

function others(settings: ExportSettings): string[] {
  const words = ['domain', 'zone', 'pool'].flatMap((name) => (settings[name] === undefined ? [] : [`${name}=${settings[name]}`]));
  return [`commission=${settings['commission'] ?? 'false'}`, ...words];
}

/** Parameters of MAAS' IPMI driver; `manual` where nobody knows the BMC that would answer. */
function power(machine: ExportMachine, settings: ExportSettings, leaveOut: LeaveOut): string[] {
  const address = reachableAddress(machine);
  if (address === undefined) {
    leaveOut('power control of a machine whose BMC has no address of its own (its line says manual)');
    return ['power_type=manual'];
  }
  const { bootMode } = machine.sections.firmware ?? {};
  const user = settings['power-user'];
  return [
    ...['power_type=ipmi', 'power_parameters_power_driver=LAN_2_0', `power_parameters_power_address=${address}`],
    ...(bootMode === undefined ? [] : [`power_parameters_power_boot_type=${bootMode === 'uefi' ? 'efi' : 'legacy'}`]),
    ...(user === undefined ? [] : [`power_parameters_power_user=${user}`, 'power_parameters_power_pass="$BMC_PASSWORD"']),
  ];
}
