import { LIMITS, type Receipt } from '../../domain/api.ts';
import { ReconError } from '../../domain/errors.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { removePath } from '../../platform/files/directories.ts';
import type { RecordFacts } from '../../records/record-facts.ts';
import type { StoredRevision } from '../../records/revisions.ts';
import { addBounds, type MachineBound, NO_BOUND, recordBound } from '../../seal/largest-tarball.ts';
import { type Arrived, type CommitSettings, commitRevision, completeReceipt } from './commit.ts';
import { asDiskFull, type IncomingFiles, type Upload, type UploadLimits } from './incoming-files.ts';
import { ownIdentity } from './own-identity.ts';
import { readRecord } from './read-record.ts';
import type { SpaceBook } from './space/space-book.ts';
import type { StoredRevisions } from './stored-revisions.ts';
import type { WaitingCaptures } from './waiting-captures.ts';

/** A record, and which capture of its machine it belongs to. */
export type RecordUpload = Upload & {
  captureSha256: string | undefined;
  /** false: it is only taken while the machine has no record with a receipt, and its own says so. true when missing */
  mayReplace?: boolean;
  /** of a machine behind an address that another machine's record stands under: it is listed under one of its own, which is told here */
  onOtherIdentity?: (mac: MacAddress, before: StoredRevision) => void;
};

interface PutRecordInput {
  settings: CommitSettings;
  incoming: IncomingFiles;
  waiting: WaitingCaptures;
  revisions: StoredRevisions;
  book: Pick<SpaceBook, 'keep'>;
}

/** A whole record that was found sound. */
interface SoundRecord {
  /** the machine that it is listed as */
  mac: MacAddress;
  /** the address that it was sent under */
  askedMac: MacAddress;
  file: Arrived;
  captureSha256: string | undefined;
  mayReplace: boolean;
  /** what it adds to the tarball, without its capture */
  bound: MachineBound;
  facts: RecordFacts;
}

interface Committed {
  stored: StoredRevision;
  capture: Arrived | undefined;
}

/** Records pack to a quarter or less; one that does not is found out when it is there. */
const RECORD: UploadLimits = {
  kind: 'record',
  limitBytes: LIMITS.recordBytes,
  boundOf: (sizeBytes) => recordBound(sizeBytes / 4),
  // twice what a server has; as many as may come at once take 16 MiB
  keptBytes: 128 * 1024,
};

/** Makes the function that stores a record and gives its receipt; the same record again is given the same receipt. */
export function recordWriter(input: PutRecordInput): (upload: RecordUpload) => Promise<Receipt> {
  // two, so that two machines that each have the other's card cannot wait for each other
  const asking = new Map<MacAddress, Promise<unknown>>();
  const storing = new Map<MacAddress, Promise<unknown>>();
  return async ({ captureSha256, mayReplace = true, onOtherIdentity, ...upload }) => {
    const { mac: askedMac } = upload;
    const file = await input.incoming.receive(upload, RECORD);
    try {
      const { facts, packedBytes } = await readRecord(file);
      const bound = recordBound(packedBytes);
      // before the receipt: what cannot be sealed is not acknowledged
      await file.booking.measured(bound);
      const record = { askedMac, file, captureSha256, mayReplace, bound, facts };
      return await inTurn(asking, askedMac, async () => {
        const mac = onOtherIdentity === undefined ? askedMac : ownIdentity(askedMac, facts.keys, input.revisions);
        const stands = input.revisions.latestOf(askedMac);
        const receipt = await inTurn(storing, mac, () => storeRecord(input, { ...record, mac }));
        if (mac !== askedMac && stands !== undefined) onOtherIdentity?.(mac, stands);
        return receipt;
      });
    } catch (error) {
      throw asDiskFull(error);
    } finally {
      file.booking.end();
      await removePath(file.path).catch(() => {});
    }
  };
}

async function storeRecord(input: PutRecordInput, record: SoundRecord): Promise<Receipt> {
  const { settings, waiting, revisions } = input;
  const isEqual = (one: StoredRevision): boolean => one.recordSha256 === record.file.sha256 && one.captureSha256 === record.captureSha256;
  // the machine itself sends what somebody sent in its name: that is another thing
  const isDoubtful = (one: StoredRevision): boolean => record.mayReplace && one.receipt?.unleased === true;
  const known = revisions.of(record.mac).find((one) => isEqual(one) && !isDoubtful(one));
  // asked here, in the machine's turn: its own record may have come while this one was on its way
  if (known === undefined && !record.mayReplace && revisions.acknowledged(record.mac)?.mac === record.mac) throw recordKept(record.mac);
  const { stored, capture } = known === undefined ? await commitWithCapture(input, record) : { stored: known, capture: undefined };
  await waiting.drop(record.askedMac);
  try {
    const receipt = await completeReceipt(settings, stored, {
      ...(record.mac === record.askedMac ? {} : { cameBy: record.askedMac }),
      ...(record.mayReplace ? {} : { unleased: true }),
    });
    if (known === undefined) {
      revisions.keep(stored);
      input.book.keep(record.mac, addBounds(record.bound, capture?.booking.bound ?? NO_BOUND));
    }
    return receipt;
  } catch (error) {
    // it comes again, and would be stored twice
    if (known === undefined) await removePath(stored.directory).catch(() => {});
    throw error;
  } finally {
    capture?.booking.end();
  }
}

/** A capture whose record could not be stored waits again: its machine sends the record once more, and not the capture. */
async function commitWithCapture(input: PutRecordInput, { mac, askedMac, file, captureSha256, facts }: SoundRecord): Promise<Committed> {
  const { settings, waiting, revisions } = input;
  const capture = captureSha256 === undefined ? undefined : waiting.take(askedMac, captureSha256);
  if (captureSha256 !== undefined && capture === undefined) throw attachmentMissing(captureSha256);
  try {
    const revision = (revisions.latestOf(mac)?.revision ?? 0) + 1;
    return { stored: await commitRevision(settings, mac, revision, { record: file, capture, facts }), capture };
  } catch (error) {
    if (capture !== undefined) await waiting.putBack(askedMac, capture);
    throw error;
  }
}

export function recordKept(mac: MacAddress): ReconError {
  return new ReconError(
    'record-kept',
    `there is a record of ${mac} already, and this one comes from an address that was not leased to it`,
    {
      hint: 'Boot the machine from the network again, so that it takes a lease from this master.',
    },
  );
}

function attachmentMissing(sha256: string): ReconError {
  return new ReconError('attachment-missing', `no capture with sha256 ${sha256} was uploaded for this machine`, {
    hint: 'Upload the capture first, then the record.',
  });
}

/** Runs work of one machine after earlier work of the same machine. */
async function inTurn<T>(locks: Map<MacAddress, Promise<unknown>>, mac: MacAddress, work: () => Promise<T>): Promise<T> {
  const mine = (locks.get(mac) ?? Promise.resolve()).then(work, work);
  locks.set(mac, mine);
  try {
    return await mine;
  } finally {
    if (locks.get(mac) === mine) locks.delete(mac);
  }
}
