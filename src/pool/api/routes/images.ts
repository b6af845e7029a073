import { z } from 'zod';
import { PoolImageView } from '../../../domain/pool/api-views.ts';
import { parseBootChoice } from '../../../domain/pool/boot-choice.ts';
import type { Pool } from '../../../domain/pool/pool.ts';
import { PoolName } from '../../../domain/pool/pool-name.ts';
import type { PoolApiDeps } from '../parts/deps.ts';
import { type ApiRoute, apiRoute } from '../parts/route.ts';

const ByVersion = z.strictObject({ name: PoolName, version: z.coerce.number().int().min(1).max(999_999_999) });

/** Versions of images on this head. */
export function imageRoutes({ store, images, boots, audit }: Pick<PoolApiDeps, 'store' | 'images' | 'boots' | 'audit'>): ApiRoute[] {
  return [
    apiRoute({
      ...{ method: 'GET', path: '/images', may: 'viewer', summary: 'Images on this head, with who names them' },
      reply: z.array(PoolImageView),
      answer: async () => {
        const named = namedImages((await store.refresh()).pool);
        return ((await images.list()) ?? []).map((image) => ({
          ...image,
          usedBy: named
            .filter(({ image: of, version }) => of === image.name && (typeof version !== 'number' || version === image.version))
            .map(({ name }) => name),
        }));
      },
    }),
    apiRoute({
      ...{
        method: 'DELETE',
        path: '/images/{name}/{version}',
        may: 'admin',
        summary: 'Takes a version away that nothing runs, boots, or would boot',
      },
      ...{ params: ByVersion, reply: z.object({ removed: z.string() }) },
      answer: async ({ params: { name, version }, person, from }) => {
        const { pool } = await store.refresh();
        await images.remove({ name, version }, pool, runningNodes(pool, boots, `${name}@${version}`));
        const removed = `${name}@${version}`;
        await audit.note({ who: person.name, from, what: `image ${removed} is taken away` });
        return { removed };
      },
    }),
  ];
}

/** Profiles with the image that each names; failsafe boots the one of its own name without saying so. */
function namedImages({ profiles }: Pick<Pool, 'profiles'>): { name: string; image: string; version: number | 'newest' | undefined }[] {
  return [...profiles].flatMap(([name, profile]) => {
    const text = 'image' in profile ? profile.image : profile.kind === 'failsafe' ? name : undefined;
    const choice = text === undefined ? undefined : parseBootChoice(text);
    return choice === undefined ? [] : [{ name, image: choice.profile, version: choice.imageVersion }];
  });
}

/** Nodes that said that they run a version: `compute@3`, by the image of that profile. */
function runningNodes(pool: Pool, boots: PoolApiDeps['boots'], image: string): string[] {
  const imageOf = new Map(namedImages(pool).map((one) => [one.name, one.image]));
  const runs = new Map(boots.machines().map((machine) => [machine.mac, machine.runs]));
  return [...pool.nodes].flatMap(([name, { macs }]) => {
    const isOne = macs.some((mac) => {
      const choice = parseBootChoice(runs.get(mac) ?? '');
      return choice !== undefined && `${imageOf.get(choice.profile)}@${choice.imageVersion}` === image;
    });
    return isOne ? [name] : [];
  });
}
