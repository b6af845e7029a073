import type { FastifyInstance } from 'fastify';
import { PATHS } from '../../domain/api.ts';
import { ReconError } from '../../domain/errors.ts';
import { timelineOf } from '../../domain/timeline.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { NodePage } from '../../domain/web-api.ts';
import { machineOf } from '../http/machine-parameter.ts';
import type { Store } from '../intake/store.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CachedNodes } from './cached-nodes.ts';

export interface NodeDeps {
  /** every machine that was seen */
  nodes: CachedNodes;
  store: Pick<Store, 'recordOf'>;
  ledger: Pick<Ledger, 'history'>;
}

/** The machines, all that is known of one, and its newest record alone. */
export function nodeRoutes(app: FastifyInstance, { nodes, store, ledger }: NodeDeps): void {
  app.addHook('onSend', async (_request, reply) => void reply.header('x-content-type-options', 'nosniff'));
  app.get(PATHS.nodes, async (_request, reply) => reply.type('application/json; charset=utf-8').send(nodes.json()));
  app.get(`${PATHS.nodes}/:mac`, async (request, reply): Promise<NodePage> => {
    const mac = machineOf(request.params);
    const summary = nodes.list().find((node) => node.mac === mac);
    if (summary === undefined)
      throw new ReconError('not-found', `${mac} was never seen`, { hint: `GET ${PATHS.nodes} lists the machines.` });
    const record = await store.recordOf(mac);
    void reply.header('cache-control', 'no-store');
    return {
      summary,
      timeline: timelineOf(ledger.history(mac)),
      findings: record?.findings ?? [],
      ...definedOnly({ record }),
    };
  });
  app.get(`${PATHS.nodes}/:mac/record`, async (request) => {
    const mac = machineOf(request.params);
    const record = await store.recordOf(mac);
    if (record === undefined) throw new ReconError('not-found', `there is no record of ${mac}`);
    return record;
  });
}
