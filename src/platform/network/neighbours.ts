import { type MacAddress, parseMac } from '../../domain/values/mac.ts';
import { readOrUndefined } from '../files/files.ts';

/** Kernel's flag of an entry that is complete (linux/if_arp.h, ATF_COM). */
const COMPLETE = 0x2;

/** The hardware address behind an IPv4 address on a segment of ours, from the kernel's ARP table (proc_net_arp(5)). */
export async function neighbourOf(address: string, table = '/proc/net/arp'): Promise<MacAddress | undefined> {
  const lines = (await readOrUndefined(table))?.toString('utf8').split('\n') ?? [];
  const found = lines.map((line) => line.split(/\s+/)).find(([ip, , flags]) => ip === address && (Number(flags) & COMPLETE) !== 0);
  return parseMac(found?.[3] ?? '');
}
