import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CAPTURE_HEADER, LIMITS, Progress, SHA256_HEADER, TOKEN_HEADER } from '../domain/api.ts';
import { ReconError } from '../domain/errors.ts';
import { isLater } from '../domain/stages.ts';
import type { AppDeps } from './app-deps.ts';
import { limitedTo } from './incoming-body.ts';
import { machineOf } from './machine-parameter.ts';
import type { Upload } from './store.ts';

/** Records and progress from peers. Every request needs the machine's token, which is looked at before the body is. */
export function uploadRoutes(app: FastifyInstance, { ledger, store, tokens }: AppDeps): void {
  // Bodies are streams here: they go to files, with limits of their own.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  app.addHook('onRequest', async (request) => {
    const token = headerOf(request, TOKEN_HEADER);
    if (token === undefined || !tokens.accepts(machineOf(request.params), token)) {
      throw new ReconError('token-wrong', 'the token is not the one that this machine got when it booted', {
        hint: 'Boot the machine from the network again.',
      });
    }
  });

  app.put('/nodes/:mac/capture', { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request) => store.putCapture(uploadOf(request)));

  app.put('/nodes/:mac/record', { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request) => {
    const mac = machineOf(request.params);
    const receipt = await store.putRecord({ ...uploadOf(request), captureSha256: sha256Of(request, CAPTURE_HEADER) });
    ledger.add({ mac, stage: 'receipt', address: plainAddress(request), detail: `revision ${receipt.revision}` });
    return receipt;
  });

  app.post('/nodes/:mac/progress', { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request, reply) => {
    const mac = machineOf(request.params);
    const { stage, detail } = await readProgress(request);
    ledger.add({ mac, stage, address: plainAddress(request), ...(detail === undefined ? {} : { detail }) });
    return reply.code(204).send();
  });
}

function uploadOf(request: FastifyRequest): Upload {
  const length = headerOf(request, 'content-length');
  return {
    mac: machineOf(request.params),
    chunks: bodyOf(request),
    lengthBytes: length === undefined ? undefined : Number(length),
    sha256: sha256Of(request, SHA256_HEADER),
  };
}

/** The body. Giving up on it leaves the connection open, so that the client can still read our answer. */
function bodyOf(request: FastifyRequest): AsyncIterable<Buffer> {
  return request.raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
}

/** @throws ReconError `body-malformed`, `body-too-large` */
async function readProgress(request: FastifyRequest): Promise<Progress> {
  const parts: Uint8Array[] = [];
  for await (const part of limitedTo(LIMITS.progressBytes, bodyOf(request))) parts.push(part);
  let value: unknown;
  try {
    value = JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch (cause) {
    throw new ReconError('body-malformed', 'the progress report is not JSON', { cause });
  }
  const parsed = Progress.safeParse(value);
  if (!parsed.success) throw new ReconError('body-malformed', `not a progress report: ${parsed.error.issues[0]?.message ?? ''}`);
  const { stage } = parsed.data;
  if (stage === 'receipt' || !isLater(stage, 'root-image'))
    throw new ReconError('body-malformed', `a peer does not report the step ${stage}`);
  return parsed.data;
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

function plainAddress(request: FastifyRequest): string {
  return request.ip.replace(/^::ffff:/, '');
}
