import { type MacAddress, parseMac } from '../domain/mac.ts';
import { appendLines } from '../platform/append-log.ts';
import { readOrUndefined, writeAtomic } from '../platform/files.ts';

/** Which machine has which address. The state file is dnsmasq's `dhcp-hostsfile`: one `mac,address` line per lease. */
export interface Leases {
  /** remembers an acknowledged lease, and writes it down when it is new */
  add(mac: MacAddress, address: string): Promise<void>;
  macOf(address: string): MacAddress | undefined;
  addressOf(mac: MacAddress): string | undefined;
  /** rewrites the file without repetitions; before each start of dnsmasq, which refuses one address for two machines */
  compact(): Promise<void>;
}

/** Opens the leases with those of an earlier run of the service. */
export async function openLeases(hostsFile: string): Promise<Leases> {
  const byMac = new Map<MacAddress, string>();
  const byAddress = new Map<string, MacAddress>();
  const put = (mac: MacAddress, address: string): void => {
    const oldAddress = byMac.get(mac);
    const oldMac = byAddress.get(address);
    if (oldAddress !== undefined) byAddress.delete(oldAddress);
    if (oldMac !== undefined) byMac.delete(oldMac);
    byMac.set(mac, address);
    byAddress.set(address, mac);
  };
  for (const [mac, address] of parseHosts((await readOrUndefined(hostsFile))?.toString('utf8') ?? '')) put(mac, address);
  const compact = async (): Promise<void> => writeAtomic(hostsFile, [...byMac].map(([mac, address]) => `${mac},${address}\n`).join(''));
  await compact();
  return {
    add: async (mac, address) => {
      if (byMac.get(mac) === address) return;
      put(mac, address);
      await appendLines(hostsFile, [`${mac},${address}`]);
    },
    macOf: (address) => byAddress.get(address.replace(/^::ffff:/, '')),
    addressOf: (mac) => byMac.get(mac),
    compact,
  };
}

function parseHosts(text: string): [MacAddress, string][] {
  return text.split('\n').flatMap((line): [MacAddress, string][] => {
    const [macText = '', address = ''] = line.split(',');
    const mac = parseMac(macText);
    return mac === undefined || !/^\d+(\.\d+){3}$/.test(address) ? [] : [[mac, address]];
  });
}
