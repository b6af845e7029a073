import { createHash, randomBytes } from 'node:crypto';
import { ReconError } from '../../domain/errors.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { type OpenIdAttempt, type OpenIdClient, type OpenIdIssuer, openIdIssuer } from '../../platform/network/open-id.ts';
import { type IssuerSettings, type KnownToIssuer, knownToIssuer, lacksClaims } from './issuer-settings.ts';

const ATTEMPT_MS = 10 * 60_000;
const MOST_ATTEMPTS = 2000;

/** Signing in with an issuer: there and back again. */
export interface IssuerSignIn {
  /** where the browser goes, and the secret of a cookie that ties the way back to this very browser. @throws ReconError `issuer-unreachable` */
  begin(settings: IssuerSettings, redirectUri: string): Promise<{ url: string; secret: string }>;
  /** Works once for each beginning. @throws ReconError `login-wrong`, `issuer-unreachable` */
  finish(settings: IssuerSettings, secret: string, query: string): Promise<KnownToIssuer>;
}

/** @param nowMs a clock that never goes back */
export function issuerSignIn(nowMs: () => number): IssuerSignIn {
  const attempts = new Map<string, { attempt: OpenIdAttempt; settings: string; beganMs: number }>();
  let known: { settings: string; issuer: OpenIdIssuer } | undefined;
  const issuerOf = (settings: IssuerSettings): OpenIdIssuer => {
    const text = JSON.stringify(settings);
    if (known?.settings !== text) known = { settings: text, issuer: openIdIssuer(clientOf(settings), nowMs) };
    return known.issuer;
  };
  return {
    begin: async (settings, redirectUri) => {
      const attempt = await issuerOf(settings).begin(redirectUri, settings.scope);
      const secret = randomBytes(32).toString('base64url');
      const [oldest] = attempts.size >= MOST_ATTEMPTS ? attempts.keys() : [];
      if (oldest !== undefined) attempts.delete(oldest);
      attempts.set(keyOf(secret), { attempt, settings: JSON.stringify(settings), beganMs: nowMs() });
      return { url: attempt.url, secret };
    },
    finish: async (settings, secret, query) => {
      const begun = attempts.get(keyOf(secret));
      attempts.delete(keyOf(secret));
      if (begun === undefined || nowMs() - begun.beganMs > ATTEMPT_MS || begun.settings !== JSON.stringify(settings))
        throw new ReconError('login-wrong', 'this sign-in was not begun in this browser, or is over', { hint: 'Begin it again.' });
      const person = knownToIssuer(
        settings,
        await issuerOf(settings).finish(begun.attempt, query, (claims) => lacksClaims(settings, claims)),
      );
      if (person === undefined) throw new ReconError('login-wrong', `the issuer says no usable name (${settings.nameClaim})`);
      return person;
    },
  };
}

function clientOf({ issuer, clientId, clientSecret }: IssuerSettings): OpenIdClient {
  return { issuer, clientId, ...definedOnly({ clientSecret }) };
}

function keyOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
