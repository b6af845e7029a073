import type { FastifyInstance, FastifyRequest } from 'fastify';
import { PATHS } from '../../domain/api.ts';
import { ReconError } from '../../domain/errors.ts';
import { PIN_HEADER } from '../../domain/page-paths.ts';
import type { AppDeps } from '../app-deps.ts';
import { isFromOwnPage } from '../http/same-origin.ts';

/** Whether we are up, and what a person may ask for: with the PIN, or from this machine itself. */
export function controlRoutes(app: FastifyInstance, { manifest, ledger, seal, storage, store, web }: AppDeps): void {
  app.get(PATHS.ready, async () => ({
    ready: true,
    version: manifest.version,
    storage,
    machines: ledger.machines().length,
    records: store.latest().length,
  }));
  const authorise = async (request: FastifyRequest): Promise<void> => {
    const isBrowser = isFromOwnPage(request);
    if (!isBrowser && isLoopback(request.ip)) return;
    const given = request.headers[PIN_HEADER];
    web.pin.check(request.ip, typeof given === 'string' ? given : undefined);
  };
  app.post(PATHS.seal, { onRequest: authorise }, async () => {
    const { name, sizeBytes, sha256, machines } = await seal();
    return { name, sizeBytes, sha256, machines };
  });
  app.post(PATHS.powerOff, { onRequest: authorise }, async (_request, reply) => {
    const { onPowerOff } = web;
    if (onPowerOff === undefined) throw notHere('power off');
    const { name, sizeBytes, sha256, machines } = await seal();
    // whoever asked should read the answer before we are gone
    reply.raw.once('close', () => void onPowerOff());
    return reply.code(202).send({ name, sizeBytes, sha256, machines });
  });
  app.post(PATHS.done, { onRequest: authorise }, async (_request, reply) => {
    if (web.onDone === undefined) throw notHere('stop discovery');
    await web.onDone();
    return reply.code(204).send();
  });
}

function isLoopback(address: string): boolean {
  return /^(::ffff:)?127\.|^::1$/.test(address);
}

function notHere(what: string): ReconError {
  return new ReconError('not-found', `this master cannot ${what}`, { hint: 'Use the power button.' });
}
