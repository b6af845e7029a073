import { z } from 'zod';
import { AuditCheck, AuditEntry, BootedMachine } from '../../../domain/pool/api-views.ts';
import { requireNode } from '../../change/node-edits.ts';
import type { PoolApiDeps } from '../parts/deps.ts';
import { earlierNames } from '../parts/later-name.ts';
import { type ApiRoute, apiRoute } from '../parts/route.ts';

/** What happened: boots, and what people did. */
export function seenRoutes({ store, boots, audit }: Pick<PoolApiDeps, 'store' | 'boots' | 'audit'>): ApiRoute[] {
  return [
    apiRoute({
      ...{ method: 'GET', path: '/boots', may: 'viewer', summary: 'What was seen of each machine' },
      query: z.strictObject({ node: z.string().max(80).exactOptional() }),
      reply: z.array(BootedMachine),
      answer: async ({ query: { node } }) => {
        if (node === undefined) return [...boots.machines()];
        const { macs } = requireNode((await store.refresh()).pool, node);
        return boots.machines().filter(({ mac }) => macs.includes(mac));
      },
    }),
    apiRoute({
      ...{ method: 'GET', path: '/audit', may: 'admin', summary: 'Who did what, the newest last' },
      query: z.strictObject({ node: z.string().max(80).exactOptional(), since: z.iso.datetime().exactOptional() }),
      reply: z.array(AuditEntry),
      answer: async ({ query: { node, since } }) =>
        audit.read({
          ...(node === undefined ? {} : { node, earlier: earlierNames(await store.history(), node) }),
          ...(since === undefined ? {} : { since: new Date(since) }),
        }),
    }),
    apiRoute({
      ...{ method: 'GET', path: '/audit/check', may: 'admin', summary: 'Whether the chain of the audit is whole' },
      ...{ reply: AuditCheck, answer: () => audit.verify() },
    }),
  ];
}
