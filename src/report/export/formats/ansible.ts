import { snakeCase } from '../../columns/column.ts';
import { machineRow } from '../../machine-row.ts';
import { fileHead } from '../about-machine.ts';
import type { TextFormat } from '../format.ts';
import type { ExportMachine } from '../machine.ts';
import { plainWord, yamlText } from '../safe-text.ts';

const HOW_TO = [
  'Use: ansible-inventory -i inventory.yml --graph shows it; ansible -i inventory.yml all -m ping asks all of them.',
  'Ansible finds a machine by ansible_host (--first-address gives it), or by its name in DNS.',
];

/**
 * An inventory in YAML: hosts with variables, and a group per model. Every text that a machine said about itself is `!unsafe`: Ansible would
 * run templates in it otherwise.
 */
export const ANSIBLE: TextFormat = {
  name: 'ansible',
  about: 'an Ansible inventory, with a group per model',
  shape: 'file',
  async *write(machines, visit) {
    const file = 'inventory.yml';
    const groups = new Map<string, string[]>();
    yield { file, text: `${fileHead('Inventory for Ansible: machines, and a group per model.', visit, HOW_TO)}all:\n` };
    for await (const machine of machines) {
      const group = groupOf(machine);
      yield { file, text: `${groups.size === 0 ? '  hosts:\n' : ''}    ${yamlText(machine.name)}:\n${variables(machine)}` };
      const names = groups.get(group);
      if (names === undefined) groups.set(group, [machine.name]);
      else names.push(machine.name);
    }
    if (groups.size > 0) yield { file, text: '  children:\n' };
    for (const [group, names] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
      yield { file, text: `    ${group}:\n      hosts:\n${names.map((name) => `        ${yamlText(name)}: {}\n`).join('')}` };
    }
  },
};

/** Letters, digits and underscores: all that a group's name may have. */
function groupOf({ sections: { system, board } }: ExportMachine): string {
  const words = `${system?.vendor ?? ''} ${system?.product ?? board?.product ?? ''}`;
  return `model_${plainWord(words, 80).replaceAll('-', '_') || 'unknown'}`;
}

function variables({ mac, node, address, bmc }: ExportMachine): string {
  const row = machineRow(mac, node.revision ?? 0, node.record);
  const { vendor, product, serial, uuid, firmwareVersion, bootMode, cpuModel, cpuSockets, cpuCores, cpuThreads, diskCount, diskBytes } =
    row;
  const said = {
    ...{ vendor, product, serial, uuid, firmwareVersion, bootMode, cpuModel, cpuSockets, cpuCores, cpuThreads },
    ...{ memoryBytes: row.memoryInstalledBytes ?? row.memoryTotalBytes, diskCount, diskBytes },
  };
  const own = { ansible_host: address, recon_mac: mac, recon_bmc_address: bmc?.address, recon_bmc_mac: bmc?.mac };
  return [
    ...Object.entries(own).map(([key, value]) => line(key, value, '')),
    ...Object.entries(said).map(([name, value]) => line(`recon_${snakeCase(name)}`, value, '!unsafe ')),
  ].join('');
}

function line(key: string, value: string | number | undefined, tag: string): string {
  if (value === undefined) return '';
  return `      ${key}: ${typeof value === 'number' ? value : `${tag}${yamlText(value)}`}\n`;
}
