import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CAPTURE_HEADER, type Receipt, SHA256_HEADER } from '../../domain/api.ts';
import { readEarlyFacts } from '../../domain/early-facts.ts';
import { ReconError } from '../../domain/errors.ts';
import { plainAddress } from '../../domain/ip-address.ts';
import type { LedgerEntry } from '../../domain/ledger.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { HashedFile } from '../../platform/files/hashed-files.ts';
import { PARTIAL_BYTES, type PartialRecords } from '../../records/partial-records.ts';
import type { StoredRevision } from '../../records/revisions.ts';
import { wholeBody } from '../http/incoming-body.ts';
import { machineOf } from '../http/machine-parameter.ts';
import { headerOf } from '../http/request-header.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { notingRefused } from '../ledger/note-refused.ts';
import { type AdmissionDeps, type AdmittedRequest, admission, tokenWrong } from './admission.ts';
import type { Upload } from './incoming-files.ts';
import { notingRefusal } from './note-refusal.ts';
import { readProgress } from './progress-report.ts';
import { recordKept } from './put-record.ts';
import type { Store } from './store.ts';
import type { Tokens } from './tokens.ts';

export interface UploadDeps extends AdmissionDeps {
  ledger: Pick<Ledger, 'add' | 'flush' | 'machine'>;
  store: Pick<Store, 'putCapture' | 'putRecord' | 'acknowledged'>;
  tokens: Pick<Tokens, 'find' | 'spend'>;
  partial: Pick<PartialRecords, 'put'>;
}

/** Captures, records, progress and early facts from peers. */
export function uploadRoutes(app: FastifyInstance, deps: UploadDeps): void {
  const options = { bodyLimit: Number.MAX_SAFE_INTEGER };
  // Bodies are streams here: they go to files, with limits of their own.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  const admit = admission(deps);
  const admitted: typeof admit = (work) => {
    const handler = admit(work);
    return async (request, reply) => {
      const address = plainAddress(request.ip);
      const asked = { mac: machineOf(request.params), holder: deps.leases.leaseHolder(address), address, stage: 'upload' } as const;
      return notingRefused(deps.ledger, asked, () => handler(request, reply));
    };
  };
  app.put(
    '/nodes/:mac/capture',
    options,
    admitted((one) => notingRefusal({ ...deps, ...one }, () => takeCapture(deps, one))),
  );
  app.put(
    '/nodes/:mac/record',
    options,
    admitted((one) => notingRefusal({ ...deps, ...one }, () => takeRecord(deps, one))),
  );
  app.post(
    '/nodes/:mac/progress',
    options,
    admitted(async (one, reply) => {
      await takeProgress(deps, one);
      return reply.code(204).send();
    }),
  );
  // by POST: busybox's wget, which is all that the initrd has, knows no PUT
  app.post(
    '/nodes/:mac/facts',
    options,
    admitted(async ({ mac, chunks }, reply) => {
      await deps.partial.put(mac, await wholeBody(PARTIAL_BYTES, chunks));
      return reply.code(204).send();
    }),
  );
}

async function takeCapture({ store }: UploadDeps, admitted: AdmittedRequest): Promise<HashedFile> {
  const upload = uploadOf(admitted);
  const { spentOn } = admitted.token;
  if (spentOn !== undefined && spentOn.captureSha256 !== upload.sha256) throw spent();
  const kept = store.acknowledged(upload.mac);
  if (!admitted.isLeased && kept?.mac === upload.mac && kept.captureSha256 !== upload.sha256) throw recordKept(upload.mac);
  return store.putCapture(upload);
}

/** Stores a record for good, then spends the token on it, then notes it; only then the machine is given its receipt. */
async function takeRecord({ store, tokens, ledger }: UploadDeps, admitted: AdmittedRequest): Promise<Receipt> {
  const { mac, address, isLeased, token, request } = admitted;
  const upload = uploadOf(admitted);
  const captureSha256 = sha256Of(request, CAPTURE_HEADER);
  const { spentOn } = token;
  const isRepetition = spentOn?.recordSha256 === upload.sha256 && spentOn.captureSha256 === captureSha256;
  if (spentOn !== undefined && !isRepetition) throw spent();
  let listedAs = '';
  const onOtherIdentity = (own: string, before: StoredRevision): void => {
    const other = `another machine than ${before.facts.identity.serial ?? `that of revision ${before.revision}`}`;
    ledger.add({ mac: own, stage: 'receipt', address, detail: `${other}, which has the address ${mac}` });
    // whoever stands there must know where it is listed
    listedAs = `${other}: its record is listed as ${own}, `;
  };
  const receipt = await store.putRecord({ ...upload, captureSha256, mayReplace: isLeased, ...(isLeased ? { onOtherIdentity } : {}) });
  await tokens.spend(token, { recordSha256: receipt.recordSha256, ...definedOnly({ captureSha256 }) });
  const revision = `${listedAs}revision ${receipt.revision}`;
  ledger.add(
    isLeased ? { mac, stage: 'receipt', address, detail: revision } : unleased({ mac, stage: 'receipt', address, detail: revision }),
  );
  // the machine switches itself off now: what it did must be written
  await ledger.flush();
  return receipt;
}

async function takeProgress({ ledger }: UploadDeps, { mac, address, chunks }: AdmittedRequest): Promise<void> {
  const { stage, detail, facts } = await readProgress(chunks);
  const early = readEarlyFacts(facts);
  ledger.add({ mac, stage, address, ...definedOnly({ detail, facts: early }) });
}

/** Who stands before the screen reads it too. */
function unleased(entry: LedgerEntry): LedgerEntry {
  return { ...entry, unleased: true, detail: `${entry.detail}, from an address that was not leased to it` };
}

function uploadOf({ mac, request, chunks }: AdmittedRequest): Upload & { sha256: string } {
  const length = headerOf(request, 'content-length');
  const sha256 = sha256Of(request, SHA256_HEADER);
  if (sha256 === undefined) throw new ReconError('body-malformed', `the header ${SHA256_HEADER} is missing`);
  return { mac, chunks, lengthBytes: length === undefined ? undefined : Number(length), sha256 };
}

function sha256Of(request: FastifyRequest, name: string): string | undefined {
  const text = headerOf(request, name)?.toLowerCase();
  if (text !== undefined && !/^[0-9a-f]{64}$/.test(text)) throw new ReconError('body-malformed', `the header ${name} is not a sha256`);
  return text;
}

function spent(): ReconError {
  return tokenWrong('the token has brought a record already, and this is another one');
}
