import { ReconError } from '../../domain/errors.ts';
import type { Person } from '../../domain/pool/person.ts';
import { behindSession, issuerUser } from './behind-session.ts';
import type { IssuerSettings } from './issuer-settings.ts';
import { issuerSignIn } from './issuer-sign-in.ts';
import type { Sessions } from './sessions.ts';
import { readUsers } from './users-file.ts';

/** People whom an issuer of OpenID Connect knows. */
export interface ByIssuer {
  /** the issuer that people may sign in with, too; undefined: there is none */
  issuer(): Promise<{ title: string } | undefined>;
  /** Where a browser goes to sign in with the issuer. @throws ReconError `not-found` without one, `issuer-unreachable` */
  beginIssuer(redirectUri: string): Promise<{ url: string; secret: string }>;
  /** @param query of the address that the browser came back to. @throws ReconError `login-wrong`, `forbidden` without a role, `issuer-unreachable` */
  finishIssuer(secret: string, query: string): Promise<{ person: Person; secret: string }>;
}

export function byIssuer({ file, sessions, nowMs }: { file: string; sessions: Sessions; nowMs: () => number }): ByIssuer {
  const signIn = issuerSignIn(nowMs);
  const settings = async (): Promise<IssuerSettings> => {
    const { oidc } = await readUsers(file);
    if (oidc !== undefined) return oidc;
    throw new ReconError('not-found', 'there is no issuer to sign in with', { hint: 'oidc: in users.yaml names one.' });
  };
  return {
    issuer: async () => {
      const { oidc } = await readUsers(file);
      return oidc === undefined ? undefined : { title: oidc.title };
    },
    beginIssuer: async (redirectUri) => signIn.begin(await settings(), redirectUri),
    finishIssuer: async (attempt, query) => {
      const known = await signIn.finish(await settings(), attempt, query);
      const user = issuerUser(known);
      const behind = behindSession(await readUsers(file), user);
      if (behind !== undefined) return { person: behind.person, secret: sessions.begin(user, behind.entry) };
      const hint = '`roles:` in users.yaml says who of the issuer has one.';
      throw new ReconError('forbidden', `${known.name} has no role here`, { hint });
    },
  };
}
