import type { ImageManifest } from '../domain/image.ts';
import type { Segment } from '../domain/network.ts';
import type { VisitSetting } from '../domain/site-settings.ts';
import type { VisitPlace } from '../domain/visit/visit-start.ts';
import type { Log } from '../platform/log.ts';
import type { MakeEarlyRecord } from '../seal/early-machines.ts';
import type { SealTarball } from '../seal/seal-apart.ts';
import type { OtherBoots, OtherBootsInput } from './boot/other-boots.ts';
import type { DiscoveryLimits } from './dhcp/discovery.ts';
import type { StartDnsmasq } from './dhcp/dnsmasq/process.ts';
import type { MasterLimits } from './http/limits.ts';
import type { SelfInventory } from './intake/self-record.ts';
import type { MediumSpace } from './intake/space/room.ts';
import type { MasterEvent } from './ledger/events.ts';
import type { Medium } from './medium/medium.ts';
import type { ServeDhcp } from './serve-dhcp.ts';
import type { PageOptions } from './show/page-options.ts';

/** What a master is made of, and what may be set; tests bring their own. */
export interface MasterDeps extends PageOptions {
  manifest: ImageManifest;
  /** the mounted ISO that we booted from */
  liveDirectory: string;
  /** the mounted RECONDATA, or a directory in RAM */
  dataDirectory: string;
  storage: 'stick' | 'ram';
  /** resolves when all that was written to the data directory before the call is on the medium; calls at the same time share one */
  syncData: () => Promise<void>;
  /** what the data directory lies on; without it only its directory is looked at */
  medium?: Medium;
  /** room on that medium; that of the data directory when missing */
  dataSpace?: () => Promise<MediumSpace>;
  /** in RAM; survives a restart of the service: leases, tokens, the signing key, dnsmasq.conf */
  stateDirectory: string;
  /** starts dnsmasq; as our own user when missing. State and loaders must be readable for its user */
  startDnsmasq?: StartDnsmasq;
  /** boot loaders, served by TFTP */
  loaderDirectory: string;
  /** the workload that peers fetch, a file in RAM */
  postFile: string;
  /** segments that are quiet; the address of each is on its interface already */
  segments: readonly Segment[];
  /** when `shutdown` is aborted it should end soon, with what there is */
  inventorySelf: (shutdown: AbortSignal) => Promise<SelfInventory>;
  log: Log;
  onEvent?: (event: MasterEvent) => void;
  /** host in the root image's URL; `bang` when missing */
  rootHost?: string;
  /** TCP port of HTTP; 80 when missing, 0: a free one */
  httpPort?: number;
  /** the only address that HTTP listens on; every one of this host when missing */
  httpAddress?: string;
  /** who answers DHCP and tells of it; dnsmasq when missing */
  serveDhcp?: ServeDhcp;
  /** where this master stands; without it no boot goes on with the visit of another one */
  place?: VisitPlace;
  /** which visit this boot is of, when the person says it; by day and place when missing */
  visit?: VisitSetting;
  /** seal after this time without changes; 2 minutes when missing */
  quietMs?: number;
  now?: () => Date;
  /** what is not the usual limit (limits.ts) */
  limits?: Partial<MasterLimits>;
  /** when discovery ends by itself; never when missing */
  discoveryLimits?: DiscoveryLimits;
  /** makes a record of the little that is known of a machine that never sent one */
  earlyRecord?: MakeEarlyRecord;
  /** what machines boot instead; undefined, or nothing in it: every machine is inventoried */
  openOtherBoots?: (input: OtherBootsInput) => Promise<OtherBoots | undefined>;
  /** makes the tarball; without it this process does so itself, beside all else that it does */
  sealTarball?: SealTarball;
  /** public key of age that the tarball is encrypted to */
  encryptTo?: string;
  /** program of report.html (src/report-page); without it the page has no search */
  reportScript?: string;
  /** time that a whole inventory may take, in milliseconds */
  captureMs?: number;
}
