import { z } from 'zod';
import { ReconError } from '../../../domain/errors.ts';
import type { Person, PoolRole } from '../../../domain/pool/person.ts';

/** Who may call a route. `anyone`: without being signed in, too. */
export type RouteAccess = PoolRole | 'anyone';

/** What a tarball is sent as. */
export const FILE_TYPE = 'application/gzip';

/** What a route is given of a request. */
export interface Asked<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  person: Person;
  /** missing where nobody is signed in; only routes for anyone meet that */
  signedIn: Person | undefined;
  /** the cookie of the session; `setSession` gives another one, or takes it away */
  session: string | undefined;
  setSession: (secret: string | undefined) => void;
  /** of a route that takes a file: its bytes, to be read once */
  upload: AsyncIterable<Uint8Array> | undefined;
  /** the address that it came from, for the audit */
  from: string;
  /** the revision that a change was thought out on; undefined: whatever is there. @throws ReconError `revision-missing` */
  ifRevision: () => number | undefined;
}

/** One route as it is served, and as the OpenAPI document describes it. */
export interface ApiRoute {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** below the API's own path, with parameters as `{name}` */
  path: string;
  may: RouteAccess;
  summary: string;
  params: z.ZodType;
  query: z.ZodType;
  body: z.ZodType | undefined;
  /** media type of a file that is its body */
  takesFile?: typeof FILE_TYPE;
  /** of the body, in bytes; 64 KiB when missing */
  mostBytes?: number;
  /** whether it takes `If-Match` */
  isChange: boolean;
  reply: z.ZodType;
  answer: (asked: Asked<unknown, unknown, unknown>) => Promise<unknown>;
}

type Written<Params, Query, Body, Reply> = Pick<ApiRoute, 'method' | 'path' | 'may' | 'summary' | 'mostBytes' | 'takesFile'> & {
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  isChange?: boolean;
  reply: z.ZodType<Reply>;
  answer: (asked: Asked<Params, Query, Body>) => Promise<Reply>;
};

/** A route; what is not said it does not take. */
export function apiRoute<Params = Record<string, never>, Query = Record<string, never>, Body = undefined, Reply = unknown>(
  route: Written<Params, Query, Body, Reply>,
): ApiRoute {
  const { params = NOTHING, query = NOTHING, body, isChange = false, ...rest } = route;
  // what comes in went through the schemas of this very route
  return { ...rest, params, query, body, isChange, answer: route.answer as unknown as ApiRoute['answer'] };
}

const NOTHING = z.strictObject({});

/** Reads `If-Match`: a revision, in quotes or not, or `*`. @throws ReconError `revision-missing`, `usage` */
export function revisionFrom(header: string | undefined): number | undefined {
  if (header === undefined)
    throw new ReconError('revision-missing', 'a change says which revision it was thought out on, in the header If-Match', {
      hint: 'The number is in the answer to GET /api/v1/pool; `*` means whatever is there.',
    });
  if (header.trim() === '*') return undefined;
  const [, digits] = /^\s*"?(\d{1,12})"?\s*$/.exec(header) ?? [];
  if (digits === undefined) throw new ReconError('usage', `If-Match: ${header.slice(0, 60)} is no revision`);
  return Number(digits);
}
