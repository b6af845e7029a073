import type { FastifyInstance } from 'fastify';
import { PATHS } from '../../domain/api.ts';
import { ReconError } from '../../domain/errors.ts';
import { timelineOf } from '../../domain/timeline.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { NodePage } from '../../domain/web-api.ts';
import type { AppDeps } from '../app-deps.ts';
import { machineOf } from '../http/machine-parameter.ts';
import { nodeSummaries } from '../verdict/node-summaries.ts';

/** The machines, all that is known of one, and its newest record alone. */
export function nodeRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.addHook('onSend', async (_request, reply) => void reply.header('x-content-type-options', 'nosniff'));
  app.get(PATHS.nodes, async () => nodeSummaries(deps));
  app.get(`${PATHS.nodes}/:mac`, async (request, reply): Promise<NodePage> => {
    const mac = machineOf(request.params);
    const summary = nodeSummaries(deps).find((node) => node.mac === mac);
    if (summary === undefined)
      throw new ReconError('not-found', `${mac} was never seen`, { hint: `GET ${PATHS.nodes} lists the machines.` });
    const record = await deps.store.recordOf(mac);
    void reply.header('cache-control', 'no-store');
    return {
      summary,
      timeline: timelineOf(deps.ledger.history(mac)),
      findings: record?.findings ?? [],
      ...definedOnly({ record }),
    };
  });
  app.get(`${PATHS.nodes}/:mac/record`, async (request) => {
    const mac = machineOf(request.params);
    const record = await deps.store.recordOf(mac);
    if (record === undefined) throw new ReconError('not-found', `there is no record of ${mac}`);
    return record;
  });
}
