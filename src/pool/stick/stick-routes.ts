import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ReconError } from '../../domain/errors.ts';
import { BootChoiceText } from '../../domain/pool/boot-choice.ts';
import { STICK_POOL } from '../../domain/pool/stick-paths.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { BootsSeen, ImagesThere } from '../api/parts/deps.ts';
import { requireImageOf } from '../api/parts/known-image.ts';
import { newMachines, nodeViews } from '../api/parts/node-views.ts';
import { assignNodes } from '../change/assign.ts';
import { selectNodes } from '../select/selector.ts';
import type { PoolStore } from '../store/pool-store.ts';
import { stickView } from './stick-view.ts';

/** What nodes boot: from now on, once, or what groups and rules say. */
const StickOrder = z.union([
  z.strictObject({ selector: z.string().min(1).max(4000), boot: BootChoiceText, once: z.literal(true).exactOptional() }),
  z.strictObject({ selector: z.string().min(1).max(4000), clear: z.literal(true), once: z.literal(true).exactOptional() }),
]);

export interface StickRoutesDeps {
  store: Pick<PoolStore, 'refresh' | 'change'>;
  boots: BootsSeen;
  images: ImagesThere;
}

/** What people see of the pool on a stick, and, with the PIN, say. */
export function stickRoutes(
  app: FastifyInstance,
  { store, boots, images }: StickRoutesDeps,
  withPin: (request: FastifyRequest) => Promise<void>,
): void {
  app.get(STICK_POOL.state, async (_request, reply) => {
    const { pool, revision, mistakes } = await store.refresh();
    const view = stickView(pool);
    const nodes = await nodeViews(view, { boots, images: await images.list() });
    return reply.header('cache-control', 'no-store').send({ revision, mistakes, nodes, newMachines: await newMachines(view, boots) });
  });
  app.post(STICK_POOL.assign, { onRequest: withPin }, async (request) => {
    const order = StickOrder.safeParse(request.body);
    if (!order.success)
      throw new ReconError('usage', 'this says not what nodes boot', {
        hint: 'For example {"selector":"node-000","boot":"compute","once":true}, or {"selector":"all","clear":true}.',
      });
    const { selector, ...assignment } = order.data;
    const { pool, revision: before } = await store.refresh();
    const names = selectNodes(pool, selector);
    if ('boot' in assignment) await requireImageOf(pool, images, assignment.boot);
    const { what, edit } = assignNodes(names, assignment);
    const { revision } = await store.change({ by: 'PIN', what, edit });
    return { revision, isChanged: revision !== before, what, nodes: names, ...definedOnly({ once: assignment.once }) };
  });
}
