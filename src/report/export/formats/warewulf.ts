import { aboutMachine, fileHead } from '../about-machine.ts';
import type { LeaveOut, TextFormat } from '../format.ts';
import type { ExportMachine } from '../machine.ts';
import { reachableAddress } from '../reachable-bmcs.ts';
import { yamlText } from '../safe-text.ts';
import { IPV4, NETMASK, WORD, WORDS } from '../setting-values.ts';
import type { ExportSettings } from '../settings.ts';

const HOW_TO = [
  'Use: wwctl node import nodes.yaml, then wwctl overlay build and wwctl configure --all.',
  'No password stands here: wwctl profile set --ipmiuser USER --ipmipass PASSWORD default gives it to all nodes of the profile.',
];

/** Nodes for `wwctl node import` of Warewulf 4: each by its name, with the port that it boots from and its BMC. */
export const WAREWULF: TextFormat = {
  name: 'warewulf',
  about: 'nodes for wwctl node import, for Warewulf 4',
  shape: 'file',
  keys: [
    { name: 'profiles', about: 'profiles of each node, with a comma between (default: default)', value: WORDS },
    { name: 'netmask', about: 'netmask of the machines (default: that of the profile)', value: NETMASK },
    { name: 'gateway', about: 'their router (default: that of the profile)', value: IPV4 },
    { name: 'ipmi-user', about: 'user of the BMCs (default: that of the profile)', value: WORD },
  ],
  async *write(machines, visit, leaveOut, { settings }) {
    const file = 'nodes.yaml';
    yield { file, text: fileHead('Nodes for Warewulf.', visit, HOW_TO) };
    for await (const machine of machines) yield { file, text: nodeText(machine, settings, leaveOut) };
  },
};

function nodeText(machine: ExportMachine, settings: ExportSettings, leaveOut: LeaveOut): string {
  const { name, mac, address } = machine;
  const { netmask, gateway } = settings;
  const profiles = (settings['profiles'] ?? 'default').split(',');
  const lines = [
    ...[`${yamlText(name)}:`, `  comment: ${yamlText(aboutMachine(machine))}`, `  profiles:`],
    ...profiles.map((profile) => `    - ${yamlText(profile)}`),
    ...['  network devices:', '    default:', `      hwaddr: ${yamlText(mac)}`],
    ...Object.entries({ ipaddr: address, netmask, gateway }).flatMap(([key, text]) =>
      text === undefined ? [] : [`      ${key}: ${yamlText(text)}`],
    ),
    ...ipmiLines(machine, settings['ipmi-user'], leaveOut),
  ];
  return `${lines.join('\n')}\n`;
}

function ipmiLines(machine: ExportMachine, user: string | undefined, leaveOut: LeaveOut): string[] {
  const reachable = reachableAddress(machine);
  if (reachable === undefined) {
    leaveOut('the BMC of a machine that has none with an address of its own');
    return [];
  }
  return ['  ipmi:', `    ipaddr: ${yamlText(reachable)}`, ...(user === undefined ? [] : [`    username: ${yamlText(user)}`])];
}
