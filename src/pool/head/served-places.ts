import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { HEAD_PLACES } from '../../domain/pool/head-places.ts';
import { readHeadSettings } from './read-head-settings.ts';

/** Where a head has what it serves and keeps. */
export type ServedPlaces = Record<'pool' | 'images' | 'state' | 'secrets' | 'loaders' | 'users', string>;

/** By head.yaml, where there is one that may be read, and else where an install puts it. @throws ReconError `usage` for one that is broken */
export async function servedPlaces(settings: string = HEAD_PLACES.settings): Promise<ServedPlaces> {
  const said = await readHeadSettings(settings).catch((error: unknown) => {
    if (error instanceof ReconError && error.code === 'usage') throw error;
    return undefined;
  });
  const { pool, images, state, secrets, loaders, users } = { ...HEAD_PLACES, ...said };
  return { pool, images, state, secrets, loaders, users };
}

/**
 * What the service writes beside its pool, without links: the sandbox of a unit is asked where a link leads to. Its first place for what it has seen is let in
 * by `StateDirectory=`.
 */
export async function writtenPlaces({ images, state, secrets, users }: ServedPlaces): Promise<string[]> {
  const real = await Promise.all([images, state, secrets, dirname(users)].map((path) => realpath(path).catch(() => path)));
  return real.filter((path) => path !== HEAD_PLACES.state);
}
