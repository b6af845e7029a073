import { z } from 'zod';
import { ReconError } from '../../../domain/errors.ts';
import { UserLink, UserView } from '../../../domain/pool/api-views.ts';
import { PoolRole } from '../../../domain/pool/person.ts';
import { PoolName } from '../../../domain/pool/pool-name.ts';
import type { UserRights } from '../../people/users.ts';
import type { PoolApiDeps } from '../parts/deps.ts';
import { requireGroups } from '../parts/known-group.ts';
import { type ApiRoute, type Asked, apiRoute } from '../parts/route.ts';

const ByName = z.strictObject({ name: PoolName });
const Rights = z.strictObject({ role: PoolRole, groups: z.array(PoolName).max(1000).exactOptional() });

/** People who may use the head. `recon user` does the same without asking it, so that nobody is locked out. */
export function userRoutes({ store, people, audit }: Pick<PoolApiDeps, 'store' | 'people' | 'audit'>): ApiRoute[] {
  const note = ({ person, from }: Pick<WhoAsks, 'person' | 'from'>, what: string): Promise<void> =>
    audit.note({ who: person.name, from, what }).then(() => {});
  return [
    apiRoute({
      ...{ method: 'GET', path: '/users', may: 'admin', summary: 'Users, with role and groups' },
      ...{ reply: z.array(UserView), answer: () => people.users() },
    }),
    apiRoute({
      ...{ method: 'POST', path: '/users', may: 'admin', summary: 'A new user; the link that sets the password is in this answer only' },
      ...{ body: Rights.extend({ name: PoolName }), reply: UserLink },
      answer: async ({ body: { name, ...rights }, ...asked }) => {
        requireAllNodes(asked);
        requireGroups(store.state().pool, rights.groups);
        const link = await people.newUser(name, rights);
        await note(asked, `user ${name} is added, ${rightsText(rights)}, with a set-up link`);
        return { user: name, ...link };
      },
    }),
    apiRoute({
      ...{ method: 'PUT', path: '/users/{name}', may: 'admin', summary: 'Another role or other groups of a user, who signs in again' },
      ...{ params: ByName, body: Rights, reply: z.object({ changed: z.string() }) },
      answer: async ({ params: { name }, body, ...asked }) => {
        requireAllNodes(asked);
        requireGroups(store.state().pool, body.groups);
        const { before } = await people.changeUser(name, body);
        await note(asked, `user ${name} is ${rightsText(body)}; was ${rightsText(before)}`);
        return { changed: name };
      },
    }),
    apiRoute({
      ...{ method: 'POST', path: '/users/{name}/link', may: 'admin', summary: 'Another link that sets the password of a user' },
      ...{ params: ByName, reply: UserLink },
      answer: async ({ params: { name }, ...asked }) => {
        requireAllNodes(asked);
        const link = await people.newLink(name);
        await note(asked, `user ${name} is given another set-up link`);
        return { user: name, ...link };
      },
    }),
    apiRoute({
      ...{
        method: 'DELETE',
        path: '/users/{name}',
        may: 'admin',
        summary: 'Takes a user away, with their tokens; never the last administrator',
      },
      ...{ params: ByName, reply: z.object({ removed: z.string(), tokens: z.int().meta({ description: 'of theirs, revoked too' }) }) },
      answer: async ({ params: { name }, ...asked }) => {
        requireAllNodes(asked);
        const { tokens } = await people.removeUser(name, { keepsAdmin: true });
        await note(asked, `user ${name} is taken away${tokens === 0 ? '' : `, with ${tokens} of their tokens`}`);
        return { removed: name, tokens };
      },
    }),
  ];
}

type WhoAsks = Pick<Asked<unknown, unknown, unknown>, 'person' | 'from'>;

/** Whoever is limited to groups could otherwise make somebody who is not. */
function requireAllNodes({ person }: Pick<WhoAsks, 'person'>): void {
  if (person.groups !== undefined) throw new ReconError('forbidden', 'who is limited to groups changes no users');
}

function rightsText({ role, groups }: UserRights): string {
  return `${role}${groups === undefined ? '' : ` for ${groups.join(', ') || 'no group'}`}`;
}
