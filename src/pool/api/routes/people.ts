import { z } from 'zod';
import { ReconError } from '../../../domain/errors.ts';
import { AuditCheck, AuditEntry, BootedMachine, TokenView } from '../../../domain/pool/api-views.ts';
import { PoolRole } from '../../../domain/pool/person.ts';
import { PoolName } from '../../../domain/pool/pool-name.ts';
import { requireNode } from '../../change/node-edits.ts';
import type { PoolApiDeps } from '../parts/deps.ts';
import { type ApiRoute, apiRoute } from '../parts/route.ts';

/** What happened: boots, and what people did; and the tokens by which programs come. */
export function peopleRoutes(deps: PoolApiDeps): ApiRoute[] {
  return [...lookingRoutes(deps), ...tokenRoutes(deps)];
}

function lookingRoutes({ store, boots, audit }: PoolApiDeps): ApiRoute[] {
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
      answer: ({ query: { node, since } }) =>
        audit.read({ ...(node === undefined ? {} : { node }), ...(since === undefined ? {} : { since: new Date(since) }) }),
    }),
    apiRoute({
      ...{ method: 'GET', path: '/audit/check', may: 'admin', summary: 'Whether the chain of the audit is whole' },
      ...{ reply: AuditCheck, answer: () => audit.verify() },
    }),
  ];
}

function tokenRoutes({ people, audit }: PoolApiDeps): ApiRoute[] {
  return [
    apiRoute({
      ...{ method: 'GET', path: '/tokens', may: 'admin', summary: 'Tokens of programs, without their secrets' },
      ...{ reply: z.array(TokenView), answer: () => people.tokens() },
    }),
    apiRoute({
      ...{ method: 'POST', path: '/tokens', may: 'admin', summary: 'A new token; its secret is in this answer and nowhere else' },
      body: z.strictObject({
        name: PoolName,
        role: PoolRole,
        groups: z.array(PoolName).exactOptional(),
        days: z.int().min(1).max(3650).exactOptional().meta({ description: 'until it is over; missing: never' }),
      }),
      reply: z.object({ token: TokenView, secret: z.string() }),
      answer: async ({ body, person, from }) => {
        // a person's groups limit what their token may, too
        if (person.groups !== undefined) throw new ReconError('forbidden', 'who is limited to groups makes no tokens');
        const made = await people.createToken(body, person.name);
        await audit.note({ who: person.name, from, what: `token ${made.token.id} (${body.name}, ${body.role}) is made` });
        return made;
      },
    }),
    apiRoute({
      ...{ method: 'DELETE', path: '/tokens/{id}', may: 'admin', summary: 'Revokes a token' },
      params: z.strictObject({ id: z.string().regex(/^[0-9a-f]{8}$/) }),
      reply: z.object({ revoked: z.string() }),
      answer: async ({ params: { id }, person, from }) => {
        await people.revokeToken(id);
        await audit.note({ who: person.name, from, what: `token ${id} is revoked` });
        return { revoked: id };
      },
    }),
  ];
}
