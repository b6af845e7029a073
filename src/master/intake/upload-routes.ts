import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CAPTURE_HEADER, LIMITS, Progress, SHA256_HEADER, TOKEN_HEADER } from '../../domain/api.ts';
import { readEarlyFacts } from '../../domain/early-facts.ts';
import { ReconError } from '../../domain/errors.ts';
import { isLater } from '../../domain/stages.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { plainAddress } from '../../domain/values/ip-address.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { PARTIAL_BYTES, type PartialRecords } from '../../records/partial-records.ts';
import type { Leases } from '../dhcp/leases.ts';
import { limitedTo, steady } from '../http/incoming-body.ts';
import type { MasterLimits } from '../http/limits.ts';
import { machineOf } from '../http/machine-parameter.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Upload } from './incoming-files.ts';
import { uploadSlots } from './slots.ts';
import type { Store } from './store.ts';
import type { MintedToken } from './token-file.ts';
import type { Tokens } from './tokens.ts';

export interface UploadDeps {
  leases: Pick<Leases, 'addressOf'>;
  ledger: Pick<Ledger, 'add' | 'flush'>;
  store: Pick<Store, 'putCapture' | 'putRecord'>;
  tokens: Pick<Tokens, 'find' | 'spend'>;
  partial: Pick<PartialRecords, 'put'>;
  limits: Pick<MasterLimits, 'uploads' | 'uploadsPerAddress' | 'bodyGraceMs' | 'slowestBodyBytesPerSecond'>;
}

/** A request whose token is good. */
interface AllowedRequest {
  mac: MacAddress;
  address: string;
  token: MintedToken;
  request: FastifyRequest;
  chunks: AsyncIterable<Uint8Array>;
}

/** Records and progress from peers. Every request needs the machine's token, which is looked at before the body is. */
export function uploadRoutes(app: FastifyInstance, { leases, ledger, store, tokens, partial, limits }: UploadDeps): void {
  const places = uploadSlots({ inAll: limits.uploads, perAddress: limits.uploadsPerAddress });
  const options = { bodyLimit: Number.MAX_SAFE_INTEGER };
  // Bodies are streams here: they go to files, with limits of their own.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));

  const admitted =
    (work: (visit: AllowedRequest, reply: FastifyReply) => Promise<unknown>) => async (request: FastifyRequest, reply: FastifyReply) => {
      const mac = machineOf(request.params);
      const address = plainAddress(request.ip);
      const token = tokens.find(mac, headerOf(request, TOKEN_HEADER) ?? '');
      if (token === undefined) throw tokenWrong('the token is not the one that this machine got when it booted');
      // a machine may move with its own lease, and in no other way
      if (token.address !== address && leases.addressOf(mac) !== address) throw tokenWrong(`the token was not given to ${address}`);
      const leave = places.enter(address);
      try {
        return await work({ mac, address, token, request, chunks: bodyOf(request, limits) }, reply);
      } finally {
        leave();
      }
    };

  app.put(
    '/nodes/:mac/capture',
    options,
    admitted(async (visit) => {
      const upload = uploadOf(visit);
      if (visit.token.spentOn !== undefined && visit.token.spentOn.captureSha256 !== upload.sha256) throw spent();
      return store.putCapture(upload);
    }),
  );

  app.put(
    '/nodes/:mac/record',
    options,
    admitted(async (visit) => {
      const { mac, address, token, request } = visit;
      const upload = uploadOf(visit);
      const captureSha256 = sha256Of(request, CAPTURE_HEADER);
      const { spentOn } = token;
      const isRepetition = spentOn?.recordSha256 === upload.sha256 && spentOn.captureSha256 === captureSha256;
      if (spentOn !== undefined && !isRepetition) throw spent();
      const receipt = await store.putRecord({ ...upload, captureSha256 });
      await tokens.spend(token, { recordSha256: receipt.recordSha256, ...definedOnly({ captureSha256 }) });
      ledger.add({ mac, stage: 'receipt', address, detail: `revision ${receipt.revision}` });
      // the machine switches itself off now: what it did must be written
      await ledger.flush();
      return receipt;
    }),
  );

  app.post(
    '/nodes/:mac/progress',
    options,
    admitted(async ({ mac, address, chunks }, reply) => {
      const { stage, detail, facts } = await readProgress(chunks);
      const early = readEarlyFacts(facts);
      ledger.add({ mac, stage, address, ...definedOnly({ detail, facts: early }) });
      return reply.code(204).send();
    }),
  );

  app.put(
    '/nodes/:mac/facts',
    options,
    admitted(async ({ mac, chunks }, reply) => {
      await partial.put(mac, await wholeBody(PARTIAL_BYTES, chunks));
      return reply.code(204).send();
    }),
  );
}

function uploadOf({ mac, request, chunks }: AllowedRequest): Upload & { sha256: string } {
  const length = headerOf(request, 'content-length');
  const sha256 = sha256Of(request, SHA256_HEADER);
  if (sha256 === undefined) throw new ReconError('body-malformed', `the header ${SHA256_HEADER} is missing`);
  return { mac, chunks, lengthBytes: length === undefined ? undefined : Number(length), sha256 };
}

/** The body. Giving up on it leaves the connection open, so that the client can still read our answer. */
function bodyOf(request: FastifyRequest, { bodyGraceMs, slowestBodyBytesPerSecond }: UploadDeps['limits']): AsyncIterable<Uint8Array> {
  const chunks = request.raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  return steady({ graceMs: bodyGraceMs, slowestBytesPerSecond: slowestBodyBytesPerSecond }, chunks);
}

/** @throws ReconError `body-malformed`, `body-too-large` */
async function readProgress(chunks: AsyncIterable<Uint8Array>): Promise<Progress> {
  const body = await wholeBody(LIMITS.progressBytes, chunks);
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new ReconError('body-malformed', 'the progress report is not JSON', { cause });
  }
  const parsed = Progress.safeParse(value);
  if (!parsed.success) throw new ReconError('body-malformed', `not a progress report: ${parsed.error.issues[0]?.message ?? ''}`);
  const { stage } = parsed.data;
  if (stage === 'receipt' || !isLater(stage, 'initrd')) throw new ReconError('body-malformed', `a peer does not report the step ${stage}`);
  return parsed.data;
}

/** @throws ReconError `body-too-large` */
async function wholeBody(mostBytes: number, chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of limitedTo(mostBytes, chunks)) parts.push(part);
  return Buffer.concat(parts);
}

function tokenWrong(message: string): ReconError {
  return new ReconError('token-wrong', message, { hint: 'Boot the machine from the network again.' });
}

function spent(): ReconError {
  return tokenWrong('the token has brought a record already, and this is another one');
}

function sha256Of(request: FastifyRequest, name: string): string | undefined {
  const text = headerOf(request, name)?.toLowerCase();
  if (text !== undefined && !/^[0-9a-f]{64}$/.test(text)) throw new ReconError('body-malformed', `the header ${name} is not a sha256`);
  return text;
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
