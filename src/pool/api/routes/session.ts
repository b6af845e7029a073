import { z } from 'zod';
import { SessionView } from '../../../domain/pool/api-views.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import type { PoolApiDeps } from '../parts/deps.ts';
import { type ApiRoute, apiRoute } from '../parts/route.ts';

const Password = z.string().min(1).max(400);

/** Signing in and out, and the first password. */
export function sessionRoutes({ people, audit }: Pick<PoolApiDeps, 'people' | 'audit'>): ApiRoute[] {
  return [
    apiRoute({
      ...{ method: 'GET', path: '/session', may: 'anyone', summary: 'Who is signed in' },
      ...{ reply: SessionView, answer: async ({ signedIn }) => definedOnly({ person: signedIn, issuer: await people.issuer() }) },
    }),
    apiRoute({
      ...{ method: 'POST', path: '/session', may: 'anyone', summary: 'Signs a user in; the answer sets a cookie' },
      body: z.strictObject({ name: z.string().min(1).max(80), password: Password }),
      reply: SessionView,
      answer: async ({ body: { name, password }, from, setSession }) => {
        try {
          const { person, secret } = await people.logIn(name, password, from);
          setSession(secret);
          await audit.note({ who: person.name, from, what: 'signed in' });
          return { person };
        } catch (error) {
          await audit.note({ who: /^[a-z0-9-]{1,63}$/.test(name) ? name : 'somebody', from, what: 'was not let in' });
          throw error;
        }
      },
    }),
    apiRoute({
      ...{ method: 'DELETE', path: '/session', may: 'anyone', summary: 'Signs out' },
      reply: SessionView,
      answer: async ({ session, setSession }) => {
        if (session !== undefined) people.logOut(session);
        setSession(undefined);
        return {};
      },
    }),
    apiRoute({
      ...{
        method: 'POST',
        path: '/setup',
        may: 'anyone',
        summary: 'Sets the password of a new user, by the link that recon user add printed',
      },
      body: z.strictObject({ link: z.string().min(1).max(200), password: Password }),
      reply: SessionView,
      answer: async ({ body: { link, password }, from }) => {
        const person = await people.setUp(link, password, from);
        await audit.note({ who: person.name, from, what: 'set a password by the set-up link' });
        return { person };
      },
    }),
  ];
}
