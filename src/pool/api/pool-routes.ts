import { z } from 'zod';
import type { PoolApiDeps } from './parts/deps.ts';
import { type ApiRoute, apiRoute } from './parts/route.ts';
import { assignmentRoutes } from './routes/assignments.ts';
import { imageRoutes } from './routes/images.ts';
import { importRoutes } from './routes/import.ts';
import { nodeRoutesOfPool } from './routes/nodes.ts';
import { partRoutes } from './routes/parts.ts';
import { wholePoolRoutes } from './routes/pool.ts';
import { seenRoutes } from './routes/seen.ts';
import { sessionRoutes } from './routes/session.ts';
import { programTokenRoutes } from './routes/tokens.ts';
import { userRoutes } from './routes/users.ts';

/** Every route of the API, in the order of its document. */
export function poolRoutes(deps: PoolApiDeps): ApiRoute[] {
  return [
    ...wholePoolRoutes(deps),
    ...nodeRoutesOfPool(deps),
    ...importRoutes(deps),
    ...partRoutes(deps),
    ...imageRoutes(deps),
    ...assignmentRoutes(deps),
    ...seenRoutes(deps),
    ...userRoutes(deps),
    ...programTokenRoutes(deps),
    ...sessionRoutes(deps),
  ];
}

/** Answered by the application itself, and in the document like the others. */
export const UNANSWERED: readonly ApiRoute[] = [
  apiRoute({
    ...{ method: 'GET', path: '/events', may: 'viewer', summary: 'Server-sent events: hello, revision, machines' },
    ...{ reply: z.string(), answer: async () => '' },
  }),
  apiRoute({
    ...{
      method: 'GET',
      path: '/session/issuer',
      may: 'anyone',
      summary: 'Sends a browser to the issuer of OpenID Connect to sign in there',
    },
    ...{ reply: z.string(), answer: async () => '' },
  }),
  apiRoute({
    ...{ method: 'GET', path: '/session/issuer/return', may: 'anyone', summary: 'Where the issuer sends the browser back to' },
    ...{ query: z.looseObject({}), reply: z.string(), answer: async () => '' },
  }),
  apiRoute({
    ...{ method: 'GET', path: '/openapi.json', may: 'anyone', summary: 'This document' },
    ...{ reply: z.looseObject({ openapi: z.string() }), answer: async () => ({ openapi: '' }) },
  }),
];
