import type { FastifyInstance } from 'fastify';
import { PATHS } from '../domain/api.ts';
import { ReconError } from '../domain/errors.ts';
import type { AppDeps } from './app-deps.ts';
import { machineOf } from './machine-parameter.ts';
import { nodeSummaries } from './node-summaries.ts';

/** The machines, and each one's newest record. */
export function nodeRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get(PATHS.nodes, async () => nodeSummaries(deps));
  app.get(`${PATHS.nodes}/:mac`, async (request) => {
    const mac = machineOf(request.params);
    const record = await deps.store.recordOf(mac);
    if (record === undefined) throw new ReconError('not-found', `there is no record of ${mac}`);
    return record;
  });
}
