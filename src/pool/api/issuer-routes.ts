import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ReconError } from '../../domain/errors.ts';
import { POOL_API } from '../../domain/pool/api-path.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import { clientKey } from '../../master/http/client-network.ts';
import type { Log } from '../../platform/log.ts';
import type { PoolApiDeps } from './parts/deps.ts';
import { cookieOf } from './who-asks.ts';

/** Where the issuer sends the browser back to: another page asks for it, and it holds by state and cookie. */
export const ISSUER_RETURN = `${POOL_API}/session/issuer/return`;
const COOKIE = '__Host-recon-issuer';
/** Lax: the way back begins at the issuer's page, and a strict cookie would stay at home. */
const FLAGS = 'Path=/; HttpOnly; Secure; SameSite=Lax';

interface IssuerRoutesOptions extends Pick<PoolApiDeps, 'people' | 'audit'> {
  log: Log;
  isLocal: boolean;
  setSession: (reply: FastifyReply, secret: string) => void;
}

/** Signing in with an issuer: the browser goes there, comes back, and has a session. What went wrong is a word behind `#`, and more in the log. */
export function addIssuerRoutes(app: FastifyInstance, { people, audit, log, isLocal, setSession }: IssuerRoutesOptions): void {
  const failed = async (request: FastifyRequest, reply: FastifyReply, error: unknown): Promise<void> => {
    log.warn(`signing in with the issuer: ${messageOf(error)}`);
    await audit.note({ who: 'somebody', from: fromOf(request), what: `was not let in by the issuer: ${messageOf(error).slice(0, 200)}` });
    await reply.redirect(`/#sign-in=${wordOf(error)}`, 303);
  };
  const fromOf = (request: FastifyRequest): string => (isLocal ? 'this machine' : clientKey(request.ip));
  app.get(`${POOL_API}/session/issuer`, { config: { may: 'anyone' } }, async (request, reply) => {
    try {
      const { url, secret } = await people.beginIssuer(`${request.protocol}://${request.host}${ISSUER_RETURN}`);
      void reply.header('set-cookie', `${COOKIE}=${secret}; Max-Age=600; ${FLAGS}`);
      await reply.redirect(url, 303);
    } catch (error) {
      await failed(request, reply, error);
    }
  });
  app.get(ISSUER_RETURN, { config: { may: 'anyone' } }, async (request, reply) => {
    try {
      const [, query = ''] = /^[^?]*\?(.*)$/s.exec(request.url) ?? [];
      const { person, secret } = await people.finishIssuer(cookieOf(request, COOKIE) ?? '', query);
      setSession(reply, secret);
      void reply.header('set-cookie', `${COOKIE}=; Max-Age=0; ${FLAGS}`);
      await audit.note({ who: person.name, from: fromOf(request), what: 'signed in by the issuer' });
      await reply.redirect('/', 303);
    } catch (error) {
      await failed(request, reply, error);
    }
  });
}

/** One word for the page, which has a sentence for each: no text of others is shown where people type passwords. */
function wordOf(error: unknown): string {
  const code = error instanceof ReconError ? error.code : undefined;
  if (code === 'issuer-unreachable') return 'unreachable';
  if (code === 'forbidden') return 'no-role';
  return code === 'not-found' ? 'no-issuer' : 'refused';
}
