import { isIpv4, plainAddress } from '../../domain/ip-address.ts';
import { type MacAddress, parseMac } from '../../domain/values/mac.ts';
import { appendLines } from '../../platform/files/append-log.ts';
import { readOrUndefined, writeAtomic } from '../../platform/files/files.ts';
import { MASTER_LIMITS } from '../http/limits.ts';

/** Which machine has which address. The state file is dnsmasq's `dhcp-hostsfile`: one `mac,address` line per lease. */
export interface Leases {
  /** remembers an acknowledged lease, and writes it down when it is new */
  add(mac: MacAddress, address: string): Promise<void>;
  /**
   * remembers what a ledger says of an earlier boot of the master, in the order in which it happened; of an earlier run in this boot the state file knows
   * better. Written down with the next {@link compact}, so that dnsmasq keeps the address for its machine.
   */
  recall(mac: MacAddress, address: string): void;
  /** remembers what a machine says over HTTP: believed only while no lease says otherwise, and never given to dnsmasq */
  presume(mac: MacAddress, address: string): void;
  /** the machine at an address, by lease or else by its own word */
  macOf(address: string): MacAddress | undefined;
  /** the machine at an address, by lease */
  leaseHolder(address: string): MacAddress | undefined;
  /** the machine's leased address */
  addressOf(mac: MacAddress): string | undefined;
  /** rewrites the file without repetitions; before each start of dnsmasq, which refuses one address for two machines */
  compact(): Promise<void>;
}

/** Lines beyond twice the leases before the file is written anew. */
const SPARE_LINES = 1000;

/** Opens the leases with those of an earlier run of the service. */
export async function openLeases(hostsFile: string, { machines = MASTER_LIMITS.machines, write = appendLines } = {}): Promise<Leases> {
  const leased = pairs(machines);
  const presumed = pairs(machines);
  for (const [mac, address] of parseHosts((await readOrUndefined(hostsFile))?.toString('utf8') ?? '')) leased.put(mac, address);
  const isOtherRun = leased.byMac.size > 0;
  let lineCount = 0;
  let chain: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const mine = chain.then(work);
    chain = mine.catch(() => {});
    return mine;
  };
  const rewrite = async (): Promise<void> => {
    const lines = [...leased.byMac].map(([mac, address]) => `${mac},${address}\n`);
    lineCount = lines.length;
    await writeAtomic(hostsFile, lines.join(''));
  };
  const append = async (lines: readonly string[]): Promise<void> => {
    if (lineCount > 2 * leased.byMac.size + SPARE_LINES) return rewrite();
    lineCount += lines.length;
    await write(hostsFile, lines);
  };
  // those that wait for the write before theirs: a write each was most of what a lease takes of the processor
  let together: { lines: string[]; written: Promise<void> } | undefined;
  const appendSoon = (line: string): Promise<void> => {
    if (together === undefined) {
      const lines: string[] = [];
      const written = inTurn(() => {
        together = undefined;
        return append(lines);
      });
      together = { lines, written };
    }
    together.lines.push(line);
    return together.written;
  };
  await inTurn(rewrite);
  return {
    add: async (mac, address) => {
      if (leased.byMac.get(mac) === address) return;
      leased.put(mac, address);
      await appendSoon(`${mac},${address}`);
    },
    recall: (mac, address) => {
      if (!isOtherRun && isIpv4(address)) leased.put(mac, address);
    },
    presume: presumed.put,
    macOf: (address) => leased.byAddress.get(plainAddress(address)) ?? presumed.byAddress.get(plainAddress(address)),
    leaseHolder: (address) => leased.byAddress.get(plainAddress(address)),
    addressOf: (mac) => leased.byMac.get(mac),
    compact: () => inTurn(rewrite),
  };
}

interface Pairs {
  byMac: Map<MacAddress, string>;
  byAddress: Map<string, MacAddress>;
  put(mac: MacAddress, address: string): void;
}

/** One address for each machine and one machine for each address; beyond the limit the oldest pair goes. */
function pairs(limit: number): Pairs {
  const byMac = new Map<MacAddress, string>();
  const byAddress = new Map<string, MacAddress>();
  const remove = (mac: MacAddress): void => {
    const address = byMac.get(mac);
    byMac.delete(mac);
    if (address !== undefined) byAddress.delete(address);
  };
  return {
    byMac,
    byAddress,
    put: (mac, addressText) => {
      const address = plainAddress(addressText);
      remove(mac);
      const oldMac = byAddress.get(address);
      if (oldMac !== undefined) remove(oldMac);
      const [oldest] = byMac.size >= limit ? byMac.keys() : [];
      if (oldest !== undefined) remove(oldest);
      byMac.set(mac, address);
      byAddress.set(address, mac);
    },
  };
}

function parseHosts(text: string): [MacAddress, string][] {
  return text.split('\n').flatMap((line): [MacAddress, string][] => {
    const [macText = '', address = ''] = line.split(',');
    const mac = parseMac(macText);
    return mac === undefined || !isIpv4(address) ? [] : [[mac, address]];
  });
}
