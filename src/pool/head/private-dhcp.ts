import { join } from 'node:path';
import { geteuid } from 'node:process';
import { loadedArchitectures } from '../../domain/firmware.ts';
import type { Segment } from '../../domain/network.ts';
import type { Pool } from '../../domain/pool/pool.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import { superviseDnsmasq } from '../../master/dhcp/dnsmasq/dnsmasq.ts';
import { type StartDnsmasq, startDnsmasq } from '../../master/dhcp/dnsmasq/process.ts';
import { keepOffersApart } from '../../master/dhcp/keep-offers-apart.ts';
import type { Leases } from '../../master/dhcp/leases.ts';
import { namesIn } from '../../platform/files/directories.ts';
import { exists, writeAtomic } from '../../platform/files/files.ts';
import { giveToUser } from '../../platform/files/give-to-user.ts';
import type { Log } from '../../platform/log.ts';
import { removeOfferFence } from '../../platform/network/offer-fence.ts';
import { nodeOf } from '../decide/known-node.ts';
import { headDnsmasqConfig } from '../dhcp/head-config.ts';
import { hostsDirectory, hostsFiles } from '../dhcp/hosts-files.ts';
import { networkOn } from './head-segment.ts';

export interface PrivateDhcpOptions {
  pool: () => Pool;
  segment: Segment;
  stateDirectory: string;
  loaderDirectory: string;
  httpPort: number;
  leases: Leases;
  log: Log;
}

/** DHCP, DNS and TFTP of the private side. Nothing is answered before it is allowed. */
export interface PrivateDhcp {
  /** the guard's word: whether the segment may be served */
  allow(isAllowed: boolean): Promise<void>;
  /** the pool has changed: dnsmasq starts anew where that is of concern to it; leases stay */
  follow(): Promise<void>;
  stop(): Promise<void>;
}

/** A user of no name and no files: what a hostile packet makes of a dnsmasq that root has started is not root. */
const DNSMASQ_USER_ID = 64_077;

export async function startPrivateDhcp(options: PrivateDhcpOptions): Promise<PrivateDhcp> {
  const { pool, segment, stateDirectory, log } = options;
  const hosts = join(stateDirectory, 'dnsmasq-hosts');
  const leases = join(stateDirectory, 'dnsmasq.leases');
  const architectures = loadedArchitectures(await namesIn(options.loaderDirectory));
  const config = (): string =>
    headDnsmasqConfig({
      ...{ segment, architectures, tftpRoot: options.loaderDirectory, httpPort: options.httpPort },
      network: networkOn(pool(), segment.interface).network,
      files: { hosts, leases },
    });
  const nodes = hostsDirectory(hosts);
  await nodes.write(hostsFiles(pool()));
  let [isAllowed, text] = [false, config()];
  const service = superviseDnsmasq({
    ...{ directory: stateDirectory, config, segments: [], start: await dnsmasqStarter(leases) },
    beforeStart: () => keepOffersApart(log),
    afterStop: removeOfferFence,
    onServing: () => log.info(`${segment.interface}: serving DHCP, DNS and TFTP at ${segment.address}`),
    onDown: (reason, retryMs) => log.warn(`${reason}. It is started again in ${retryMs / 1000} s.`),
    onLine: (line) => {
      if (line.kind === 'fault') log.warn(`dnsmasq: ${line.detail}`);
      if (line.kind !== 'dhcp' || line.stage !== 'ack' || line.address === undefined) return;
      log.info(`${line.mac} (${nodeOf(pool(), line.mac) ?? 'new'}) has ${line.address}`);
      options.leases
        .add(line.mac, line.address)
        .catch((error: unknown) => log.warn(`the lease of ${line.mac} is not written down: ${messageOf(error)}`));
    },
  });
  return {
    allow: async (wanted) => {
      if (wanted === isAllowed) return;
      isAllowed = wanted;
      await service.reconfigure(wanted ? [segment] : []);
    },
    follow: async () => followPool(),
    stop: service.stop,
  };

  async function followPool(): Promise<void> {
    const isChanged = await nodes.write(hostsFiles(pool()));
    const now = config();
    // dnsmasq 2.90 forgets a removed line of its directory at a HUP only, and was seen to end with SIGSEGV at one: a fresh start takes as little time
    if (isChanged || now !== text) await service.reconfigure(isAllowed ? [segment] : []);
    text = now;
  }
}

/** Installed, the head is no root, and dnsmasq is its child under the same user. Started by root it gets a user of its own, and the one file that it writes. */
async function dnsmasqStarter(leases: string): Promise<StartDnsmasq> {
  if (geteuid?.() !== 0) return startDnsmasq();
  if (!(await exists(leases))) await writeAtomic(leases, '');
  await giveToUser(DNSMASQ_USER_ID, [leases]);
  return startDnsmasq(DNSMASQ_USER_ID);
}
