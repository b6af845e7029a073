import type { FastifyRequest } from 'fastify';
import { ReconError } from '../../domain/errors.ts';
import { hasRole, type Person } from '../../domain/pool/person.ts';
import { clientKey } from '../../master/http/client-network.ts';
import { headerOf } from '../../master/http/request-header.ts';
import type { People } from '../people/people.ts';
import type { RouteAccess } from './parts/route.ts';

/** `__Host-`: a browser takes it from this very host and over HTTPS only (RFC 6265bis, 4.1.3.2). */
export const SESSION_COOKIE = '__Host-recon';

/** Who sent a request: by a token, by the cookie of a session, or by the listener that it came in on. @throws ReconError `login-wrong`, `login-locked` */
export async function whoAsks(request: FastifyRequest, people: People, trusts: Person | undefined): Promise<Person | undefined> {
  if (trusts !== undefined) return trusts;
  const authorization = headerOf(request, 'authorization');
  if (authorization !== undefined) {
    const [, token = ''] = /^Bearer ([A-Za-z0-9_-]{1,200})$/.exec(authorization) ?? [];
    return people.byToken(token, clientKey(request.ip));
  }
  const session = sessionOf(request);
  return session === undefined ? undefined : people.bySession(session);
}

/** @throws ReconError `login-needed`, `forbidden` */
export function requireAccess(person: Person | undefined, may: RouteAccess): void {
  if (may === 'anyone') return;
  if (person === undefined) throw new ReconError('login-needed', 'sign in, or give a token', { hint: 'Authorization: Bearer recon_…' });
  if (!hasRole(person, may)) throw new ReconError('forbidden', `this needs the role ${may}; ${person.name} is ${person.role}`);
}

/** The secret of the session's cookie; of several of that name none counts. */
export function sessionOf(request: FastifyRequest): string | undefined {
  return cookieOf(request, SESSION_COOKIE);
}

export function cookieOf(request: FastifyRequest, wanted: string): string | undefined {
  const found = (headerOf(request, 'cookie') ?? '').split(';').flatMap((part) => {
    const [name, ...value] = part.trim().split('=');
    return name === wanted ? [value.join('=')] : [];
  });
  return found.length === 1 ? found[0] : undefined;
}

/**
 * Whether the browser says that another page than ours asks.
 * @throws ReconError `forbidden`
 */
export function requireOwnPage({ headers, protocol }: FastifyRequest): void {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  const isForeign =
    (origin !== undefined && origin !== `${protocol}://${host ?? ''}`) || (site !== undefined && site !== 'same-origin' && site !== 'none');
  if (isForeign) throw new ReconError('forbidden', "another web page asked for this, not the head's own");
}
