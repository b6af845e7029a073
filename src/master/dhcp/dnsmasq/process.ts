import { asUser } from '../../../platform/process/as-user.ts';
import { type Child, startChild } from '../../../platform/process/child.ts';
import type { Argv } from '../../../platform/process/command.ts';

/** Broadcasts through one interface and answers to addresses that nobody has yet; ports below 1024; RA and ARP. Its man page says so under --user. */
const NEEDED = ['net_admin', 'net_bind_service', 'net_raw'] as const;

/**
 * How often what it says is looked at: with `log-dhcp` a lease is 38 lines, and each of them woke us. The socket that a child writes to holds 278 lines, whatever
 * their length, and a thousand leases a second are 38 a millisecond: it is not full by then.
 */
export const DNSMASQ_LOOK_MS = 2;

/** One life of dnsmasq. */
export type DnsmasqProcess = Pick<Child, 'pid' | 'exited' | 'stop'>;

/** Starts dnsmasq with this configuration; what it says comes line by line. */
export type StartDnsmasq = (configPath: string, onLine: (line: string) => void) => DnsmasqProcess;

/** As a child of ours. `userId`: the user that it runs as, with what DHCP needs and no more; our own when missing. */
export function startDnsmasq(userId?: number): StartDnsmasq {
  return (configPath, onLine) => {
    const argv: Argv = ['dnsmasq', `--conf-file=${configPath}`];
    return startChild(userId === undefined ? argv : asUser(userId, NEEDED, argv), { onLine, stderrEveryMs: DNSMASQ_LOOK_MS });
  };
}
