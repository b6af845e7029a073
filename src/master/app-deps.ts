import type { ImageManifest } from '../domain/image.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type { MacAddress } from '../domain/values/mac.ts';
import type { Log } from '../platform/log.ts';
import type { PartialRecords } from '../records/partial-records.ts';
import type { SealedTarball } from '../seal/seal-tarball.ts';
import type { Leases } from './dhcp/leases.ts';
import type { MasterLimits } from './http/limits.ts';
import type { Store } from './intake/store.ts';
import type { Tokens } from './intake/tokens.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { WebDeps } from './show/web-deps.ts';
import type { Surroundings } from './verdict/stuck-machine.ts';

/** What the HTTP side needs; also the fixture of its tests. */
export interface AppDeps {
  manifest: ImageManifest;
  /** the mounted ISO */
  liveDirectory: string;
  /** boot loaders */
  loaderDirectory: string;
  /** RECONDATA, or a directory in RAM */
  dataDirectory: string;
  exportDirectory: string;
  storage: 'stick' | 'ram';
  /** the workload that peers fetch; a `post.tgz` in the data directory goes before it */
  postArchive: Buffer;
  /** host name of the root image's URL; the master's address where peers cannot resolve names */
  rootHost: string;
  leases: Leases;
  ledger: Ledger;
  store: Store;
  tokens: Tokens;
  partial: PartialRecords;
  /** what verdicts need to know; without it machines have none */
  surroundings?: () => Surroundings;
  masterMac: () => MacAddress | undefined;
  seal: () => Promise<SealedTarball>;
  /** whether a request that came in on this local address may be answered */
  isServedAddress: (localAddress: string) => boolean;
  log: Log;
  /** what is not the usual limit; for tests */
  limits?: Partial<MasterLimits>;
  web: WebDeps;
}

/** Notes a step of the machine behind a client address, when that machine is known. */
export function noteByAddress({ leases, ledger }: AppDeps, address: string, entry: Omit<LedgerEntry, 'mac'>): void {
  const mac = leases.macOf(address);
  if (mac !== undefined) ledger.add({ mac, address: address.replace(/^::ffff:/, ''), ...entry });
}
