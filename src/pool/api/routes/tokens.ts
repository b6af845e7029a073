import { z } from 'zod';
import { ReconError } from '../../../domain/errors.ts';
import { TokenView } from '../../../domain/pool/api-views.ts';
import { type Person, PoolRole } from '../../../domain/pool/person.ts';
import { PoolName } from '../../../domain/pool/pool-name.ts';
import type { PoolApiDeps } from '../parts/deps.ts';
import { requireGroups } from '../parts/known-group.ts';
import { type ApiRoute, apiRoute } from '../parts/route.ts';

const NewToken = z.strictObject({
  name: PoolName,
  role: PoolRole,
  groups: z.array(PoolName).max(1000).exactOptional(),
  days: z.int().min(1).max(3650).exactOptional().meta({ description: 'until it is over; missing: never' }),
});
const ById = z.strictObject({ id: z.string().regex(/^[0-9a-f]{8}$/) });
const MadeToken = z.object({ token: TokenView, secret: z.string() });

/** Tokens by which programs come. */
export function programTokenRoutes(deps: Pick<PoolApiDeps, 'store' | 'people' | 'audit'>): ApiRoute[] {
  return [...poolTokenRoutes(deps), ...ownTokenRoutes(deps)];
}

/** Of nobody: they stay when whoever made them goes. */
function poolTokenRoutes({ store, people, audit }: Pick<PoolApiDeps, 'store' | 'people' | 'audit'>): ApiRoute[] {
  return [
    apiRoute({
      ...{ method: 'GET', path: '/tokens', may: 'admin', summary: 'Tokens of programs, without their secrets' },
      ...{ reply: z.array(TokenView), answer: () => people.tokens() },
    }),
    apiRoute({
      ...{ method: 'POST', path: '/tokens', may: 'admin', summary: 'A new token; its secret is in this answer and nowhere else' },
      ...{ body: NewToken, reply: MadeToken },
      answer: async ({ body, person, from }) => {
        // a person's groups limit what their token may, too
        if (person.groups !== undefined) throw new ReconError('forbidden', 'who is limited to groups makes no tokens but their own');
        requireGroups(store.state().pool, body.groups);
        const made = await people.createToken(body, person.name);
        await audit.note({ who: person.name, from, what: `token ${made.token.id} (${body.name}, ${body.role}) is made` });
        return made;
      },
    }),
    apiRoute({
      ...{ method: 'DELETE', path: '/tokens/{id}', may: 'admin', summary: 'Revokes a token' },
      ...{ params: ById, reply: z.object({ revoked: z.string() }) },
      answer: async ({ params: { id }, person, from }) => {
        await people.revokeToken(id);
        await audit.note({ who: person.name, from, what: `token ${id} is revoked` });
        return { revoked: id };
      },
    }),
  ];
}

/** Of whoever is signed in: they may never more than their owner, and go with them. A token makes no tokens: one that leaked would outlive itself. */
function ownTokenRoutes({ store, people, audit }: Pick<PoolApiDeps, 'store' | 'people' | 'audit'>): ApiRoute[] {
  return [
    apiRoute({
      ...{ method: 'GET', path: '/own/tokens', may: 'viewer', summary: 'The tokens of the user who asks, without their secrets' },
      reply: z.array(TokenView),
      answer: async ({ person }) => {
        requireUser(person);
        return (await people.tokens()).filter(({ owner }) => owner === person.name);
      },
    }),
    apiRoute({
      ...{
        method: 'POST',
        path: '/own/tokens',
        may: 'viewer',
        summary: 'A new token of the user who asks, which may no more than they; its secret is in this answer and nowhere else',
      },
      ...{ body: NewToken, reply: MadeToken },
      answer: async ({ body, person, from }) => {
        requireUser(person);
        requireGroups(store.state().pool, body.groups);
        const made = await people.createToken({ ...body, owner: person.name }, person.name);
        await audit.note({ who: person.name, from, what: `own token ${made.token.id} (${body.name}, ${body.role}) is made` });
        return made;
      },
    }),
    apiRoute({
      ...{ method: 'DELETE', path: '/own/tokens/{id}', may: 'viewer', summary: 'Revokes a token of the user who asks' },
      ...{ params: ById, reply: z.object({ revoked: z.string() }) },
      answer: async ({ params: { id }, person, from }) => {
        requireUser(person);
        await people.revokeToken(id, person.name);
        await audit.note({ who: person.name, from, what: `own token ${id} is revoked` });
        return { revoked: id };
      },
    }),
  ];
}

/** The name of a token is no name of a user: it has blanks. */
function requireUser({ name }: Person): void {
  if (!PoolName.safeParse(name).success)
    throw new ReconError('forbidden', `${name} is no user, and has no tokens of its own`, { hint: 'Sign in with a password.' });
}
