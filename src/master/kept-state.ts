import { join } from 'node:path';
import type { LedgerEvent } from '../domain/ledger.ts';
import type { VisitSetting } from '../domain/site-settings.ts';
import type { MacAddress } from '../domain/values/mac.ts';
import type { VisitPlace } from '../domain/visit/visit-start.ts';
import { fileFacts } from '../platform/files/file-reader.ts';
import { fileSystemSpace } from '../platform/files/files.ts';
import type { Log } from '../platform/log.ts';
import { type PartialRecords, partialRecords } from '../records/partial-records.ts';
import { scanRevisions } from '../records/read-revisions.ts';
import { ledgerFile } from '../records/visit-files.ts';
import type { SigningKey } from '../tarball/signature.ts';
import { FROM_OTHER_SERVER } from './dhcp/dnsmasq/log.ts';
import { type Leases, openLeases } from './dhcp/leases.ts';
import type { EventSink } from './event-sink.ts';
import type { MasterLimits } from './http/limits.ts';
import { guarded, guardedPartial } from './intake/guarded-store.ts';
import { noteReceipts } from './intake/note-receipts.ts';
import { partialRoom, partialSizesIn, sumOf } from './intake/space/partial-room.ts';
import { ledgerLimitBytes, type MediumSpace } from './intake/space/room.ts';
import type { BesideRecords } from './intake/space/space-counts.ts';
import { openStore, type Store } from './intake/store.ts';
import { openTokens, type Tokens } from './intake/tokens.ts';
import { usableDirectory } from './intake/usable-directory.ts';
import { type Ledger, openLedger } from './ledger/ledger.ts';
import type { MediumWatch } from './medium/medium-watch.ts';
import { openSigningKey } from './seal/signing-key.ts';
import { beginVisit, type CurrentVisit } from './visit/begin-visit.ts';

/** What a master keeps in files, so that a restart of the service goes on where it was. */
export interface KeptState {
  /** what of the rest is of this visit: ledger, store and partial hold nothing of another one */
  current: CurrentVisit;
  /** what the leases are read from by dnsmasq */
  hostsFile: string;
  leases: Leases;
  tokens: Tokens;
  ledgerPath: string;
  ledger: Ledger;
  store: Store;
  partial: PartialRecords;
  signingKey: SigningKey;
}

interface KeptStateInput {
  /** in RAM */
  stateDirectory: string;
  /** RECONDATA, or a directory in RAM */
  dataDirectory: string;
  storage: 'stick' | 'ram';
  /** of the medium; that of the data directory when missing */
  dataSpace?: () => Promise<MediumSpace>;
  medium: MediumWatch;
  limits: MasterLimits;
  manifest: { builtAt: string };
  place?: VisitPlace;
  visit?: VisitSetting;
  now: () => Date;
  log: Log;
  events: EventSink;
}

/** Opens it, with what an earlier run left. @throws ReconError `not-writable` when one of the directories cannot be used */
export async function openKeptState(input: KeptStateInput): Promise<KeptState> {
  const { stateDirectory, dataDirectory, storage, medium, limits, now, log, events } = input;
  const space = input.dataSpace ?? (() => fileSystemSpace(dataDirectory));
  await usableDirectory(stateDirectory);
  await usableDirectory(dataDirectory);
  const { machines } = limits;
  const hostsFile = join(stateDirectory, 'leases');
  const leases = await openLeases(hostsFile, { machines: limits.leases });
  const isLeased = (mac: MacAddress): boolean => leases.addressOf(mac) !== undefined;
  const tokens = await openTokens({ stateFile: join(stateDirectory, 'tokens.jsonl'), machines, isLeased });
  const current = await visitOf(input);
  const { start, own, ownAmong } = current;
  const ledgerPath = join(dataDirectory, ledgerFile(start.number));
  const ledgerBytes = ledgerLimitBytes(limits.ledgerBytes, (await space()).totalBytes);
  const onFault = (reason: string): void => events.fault('storage', reason);
  const onWriteError = (error: unknown): void => void medium.explain(error);
  const ledgerLimits = { ...limits, ledgerBytes };
  const onEarlier = (event: LedgerEvent): void => recallLease(leases, event);
  const ledger = await openLedger({ path: ledgerPath, now, limits: ledgerLimits, isLeased, onEarlier, onFault, onWriteError });
  const sizes = await partialSizesIn(dataDirectory);
  const beside = async (): Promise<BesideRecords> => {
    const fileBytes = (await fileFacts(ledgerPath))?.sizeBytes ?? 0;
    const ledgerGrowthBytes = Math.max(0, ledgerBytes - fileBytes);
    return { ledgerBytes: fileBytes + ledgerGrowthBytes, ledgerGrowthBytes, partialBytes: sumOf(sizes), missingCount: ledger.size };
  };
  const { sync } = medium;
  const visit = { start, own, ownAmong, now };
  const store = await openStore({ directory: dataDirectory, storage, log, sequence: () => ledger.sequence, sync, beside, space, visit });
  noteReceipts(store, ledger);
  const signingKey = await openSigningKey(join(stateDirectory, 'signing-key.pem'), log);
  const partial = partialRecords(dataDirectory, sync, { room: partialRoom(store.book, sizes), visitNumber: start.number });
  const kept = { store: guarded(store, medium), partial: guardedPartial(partial, medium) };
  return { current, hostsFile, leases, tokens, ledgerPath, ledger, ...kept, signingKey };
}

/** Leases are in RAM, and end with the boot; the ledger is on the stick. Nobody is doubted because the master was off meanwhile. */
function recallLease(leases: Leases, { stage, mac, address, detail }: LedgerEvent): void {
  if (stage === 'ack' && address !== undefined && detail !== FROM_OTHER_SERVER) leases.recall(mac, address);
}

/** Which visit this is, and which of the stored records are of it. */
async function visitOf(input: KeptStateInput): Promise<CurrentVisit> {
  const { stateDirectory, dataDirectory, medium, manifest, place, visit, now, log, events } = input;
  const found = await scanRevisions(dataDirectory, log);
  return beginVisit({
    ...{ directory: dataDirectory, stateFile: join(stateDirectory, 'visit.json'), found, sync: medium.sync, now },
    ...{ place: place ?? { macs: [] }, setting: visit, builtAt: new Date(manifest.builtAt) },
    onFault: (reason) => events.fault('storage', reason),
  });
}
