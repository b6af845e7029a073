import { z } from 'zod';
import { ReconError } from '../../../domain/errors.ts';
import { ChangeReport } from '../../../domain/pool/api-views.ts';
import { PoolName } from '../../../domain/pool/pool-name.ts';
import { PoolGroup } from '../../../domain/pool/pool-settings.ts';
import { Profile } from '../../../domain/pool/profile.ts';
import { changeMembers } from '../../change/group-members.ts';
import { removeGroup, removeProfile, writeGroup, writeProfile } from '../../change/part-edits.ts';
import type { PoolApiDeps } from '../parts/deps.ts';
import { requireImage, requireImagesOf } from '../parts/known-image.ts';
import { makeChange } from '../parts/make-change.ts';
import { type ApiRoute, apiRoute } from '../parts/route.ts';

const ByName = z.strictObject({ name: PoolName });
/** The longest names of as many nodes as may be named. */
const MEMBERS_BYTES = 8 * 1024 * 1024;
const Members = z.array(PoolName).max(100_000).default([]);

/** Groups and profiles. */
export function partRoutes(deps: Pick<PoolApiDeps, 'store' | 'audit' | 'people' | 'images'>): ApiRoute[] {
  return [...groupRoutes(deps), ...profileRoutes(deps)];
}

function groupRoutes(deps: Pick<PoolApiDeps, 'store' | 'audit' | 'people' | 'images'>): ApiRoute[] {
  const { store, images } = deps;
  return [
    apiRoute({
      ...{ method: 'GET', path: '/groups', may: 'viewer', summary: 'Groups, by name' },
      reply: z.record(z.string(), PoolGroup),
      answer: async () => Object.fromEntries((await store.refresh()).pool.groups),
    }),
    apiRoute({
      ...{ method: 'PUT', path: '/groups/{name}', may: 'admin', summary: 'A group as it is to be' },
      ...{ isChange: true, params: ByName, body: PoolGroup, reply: ChangeReport },
      answer: async ({ params: { name }, body, ...asked }) => {
        const { pool } = await store.refresh();
        if (pool.groups.get(name)?.boot !== body.boot) await requireImagesOf(pool, images, [body]);
        return makeChange(deps, asked, writeGroup(name, body));
      },
    }),
    apiRoute({
      ...{ method: 'DELETE', path: '/groups/{name}', may: 'admin', summary: 'Takes a group out that no node is in' },
      ...{ isChange: true, params: ByName, reply: ChangeReport },
      answer: async ({ params: { name }, ...asked }) => {
        await requireNobodyLimited(deps, name);
        return makeChange(deps, asked, removeGroup(name));
      },
    }),
    apiRoute({
      ...{ method: 'POST', path: '/groups/{name}/members', may: 'admin', summary: 'Nodes that come into a group, and nodes that leave it' },
      ...{ isChange: true, mostBytes: MEMBERS_BYTES, params: ByName, body: z.strictObject({ add: Members, remove: Members }) },
      reply: ChangeReport,
      answer: ({ params: { name }, body, ...asked }) => makeChange(deps, asked, changeMembers(name, body), [...body.add, ...body.remove]),
    }),
  ];
}

/** Who is limited to a group that is gone may do nothing any more, and nobody is told. @throws ReconError `still-used` */
async function requireNobodyLimited({ people }: Pick<PoolApiDeps, 'people'>, name: string): Promise<void> {
  const limited = [
    ...(await people.users()).flatMap((user) => (user.groups?.includes(name) === true ? [`user ${user.name}`] : [])),
    ...(await people.tokens()).flatMap((token) => (token.groups?.includes(name) === true ? [`token ${token.name}`] : [])),
  ];
  if (limited.length === 0) return;
  throw new ReconError('still-used', `group ${name} stays: ${limited.slice(0, 8).join(', ')} may only say what its nodes boot`, {
    hint: 'Give them another group first, under People.',
  });
}

function profileRoutes(deps: Pick<PoolApiDeps, 'store' | 'audit' | 'images'>): ApiRoute[] {
  const { store } = deps;
  return [
    apiRoute({
      ...{ method: 'GET', path: '/profiles', may: 'viewer', summary: 'What can be booted, by name; built-in ones included' },
      reply: z.record(z.string(), Profile),
      answer: async () => Object.fromEntries((await store.refresh()).pool.profiles),
    }),
    apiRoute({
      ...{ method: 'GET', path: '/profiles/{name}', may: 'viewer', summary: 'One profile' },
      ...{ params: ByName, reply: Profile },
      answer: async ({ params: { name } }) => {
        const profile = (await store.refresh()).pool.profiles.get(name);
        if (profile === undefined) throw new ReconError('not-found', `there is no profile ${name}`);
        return profile;
      },
    }),
    apiRoute({
      ...{ method: 'PUT', path: '/profiles/{name}', may: 'admin', summary: 'A profile as it is to be' },
      ...{ isChange: true, params: ByName, body: Profile, reply: ChangeReport },
      answer: async ({ params: { name }, body, ...asked }) => {
        if ('image' in body && body.image !== undefined)
          await requireImage(deps.images, body.image, body.kind === 'compute' ? body.root : undefined);
        return makeChange(deps, asked, writeProfile(name, body));
      },
    }),
    apiRoute({
      ...{ method: 'DELETE', path: '/profiles/{name}', may: 'admin', summary: 'Takes a profile out that nothing names' },
      ...{ isChange: true, params: ByName, reply: ChangeReport },
      answer: ({ params: { name }, ...asked }) => makeChange(deps, asked, removeProfile(name)),
    }),
  ];
}
