import type { AskedMachine } from '../machine/asked-machine.ts';
import { FILE_HEAD, INSTALL_PLACES } from '../text/places.ts';
import type { HeadFault } from './head-fault.ts';

/** Who configures interfaces on this server. */
export interface InterfaceManagers {
  networkd: boolean;
  networkManager: boolean;
  /** it reads the folder beside its file */
  ifupdown: boolean;
}

export async function interfaceManagers({ ask, read }: AskedMachine): Promise<InterfaceManagers> {
  const isOn = async (unit: string): Promise<boolean> => {
    if ((await ask(['systemctl', 'is-active', unit])).isOk) return true;
    return (await ask(['systemctl', 'is-enabled', unit])).text.startsWith('enabled');
  };
  const interfaces = (await read('/etc/network/interfaces')) ?? '';
  return {
    networkd: await isOn('systemd-networkd.service'),
    networkManager: await isOn('NetworkManager.service'),
    ifupdown: /^\s*source(-directory)?\s+(\/etc\/network\/)?interfaces\.d\b/m.test(interfaces),
  };
}

/** Configuration of somebody else that would give the private interface another address. */
export async function managerFaults(machine: Pick<AskedMachine, 'read' | 'names'>, name: string): Promise<HeadFault[]> {
  const faults: HeadFault[] = [];
  for (const { path, text } of await othersFiles(machine)) {
    if (!mentions(path, text, name)) continue;
    faults.push({
      code: 'manager',
      message: `${path} configures ${name}, which is to be the private side.`,
      hint: `Take ${name} out of that file${path.startsWith('/etc/netplan') ? ', then: netplan apply' : ''}; the install writes a file of its own.`,
      weight: 'stops',
    });
  }
  return faults;
}

async function othersFiles({ read, names }: Pick<AskedMachine, 'read' | 'names'>): Promise<{ path: string; text: string }[]> {
  const folders = ['/etc/network/interfaces.d', '/etc/netplan', '/etc/systemd/network', '/run/systemd/network'];
  const below = await Promise.all(folders.map(async (folder) => (await names(folder)).map((file) => `${folder}/${file}`)));
  const paths = ['/etc/network/interfaces', ...below.flat()];
  const files = await Promise.all(paths.map(async (path) => ({ path, text: (await read(path)) ?? '' })));
  return files.filter(({ text }) => !text.startsWith(FILE_HEAD));
}

/**
 * A file that matches many interfaces by a pattern comes after ours, which names one. What makes a bridge, bond or VLAN has to stay: with `manual` it gives
 * no address (interfaces(5): several definitions of one interface are all applied), and netplan's file for it comes after ours.
 */
function mentions(path: string, text: string, name: string): boolean {
  const exact = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (path.startsWith('/etc/network/')) return new RegExp(`^\\s*iface\\s+${exact}\\s+inet6?\\s+(?!manual\\b)`, 'm').test(text);
  if (path.startsWith('/etc/netplan/'))
    return new RegExp(
      `^\\s+(?:ethernets|wifis|modems):\\s*\\n(?:(?!\\s*(?:bridges|bonds|vlans|tunnels|vrfs):).*\\n)*?\\s+${exact}:`,
      'm',
    ).test(text);
  const goesFirst = path.endsWith('.network') && (path.split('/').at(-1) ?? '') < (INSTALL_PLACES.networkd.split('/').at(-1) ?? '');
  return goesFirst && new RegExp(`^Name=.*\\b${exact}\\b`, 'm').test(text);
}
