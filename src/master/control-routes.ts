import type { FastifyInstance } from 'fastify';
import { PATHS } from '../domain/api.ts';
import { ReconError } from '../domain/errors.ts';
import type { AppDeps } from './app-deps.ts';

/** Whether we are up, and commands from this machine itself. */
export function controlRoutes(app: FastifyInstance, { manifest, ledger, seal, storage, store }: AppDeps): void {
  app.get(PATHS.ready, async () => ({
    ready: true,
    version: manifest.version,
    storage,
    machines: ledger.machines().length,
    records: store.latest().length,
  }));
  app.post(PATHS.seal, async (request) => {
    if (!/^(::ffff:)?127\.|^::1$/.test(request.ip)) {
      throw new ReconError('forbidden', 'only the master itself may seal', { hint: 'It seals by itself when all is quiet.' });
    }
    const { name, sizeBytes, sha256, machines } = await seal();
    return { name, sizeBytes, sha256, machines };
  });
}
