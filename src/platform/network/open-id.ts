import * as client from 'openid-client';
import { ReconError } from '../../domain/errors.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import { terminalText } from '../../domain/values/terminal-text.ts';

/** A client that is registered with an issuer of OpenID Connect. */
export interface OpenIdClient {
  /** https, or http on this machine */
  issuer: string;
  clientId: string;
  /** missing: a public client, which PKCE alone protects */
  clientSecret?: string;
}

/** A sign-in on its way: where the browser goes, and what its way back is held against. */
export interface OpenIdAttempt {
  url: string;
  redirectUri: string;
  state: string;
  nonce: string;
  verifier: string;
}

/** What an issuer said of somebody, checked. */
export type OpenIdClaims = Readonly<Record<string, unknown>>;

/** An issuer of OpenID Connect, by the authorization code flow with PKCE (RFC 7636). */
export interface OpenIdIssuer {
  /** @throws ReconError `issuer-unreachable` */
  begin(redirectUri: string, scope: string): Promise<OpenIdAttempt>;
  /**
   * Fetches the ID token for the code in the address that the browser came back to, and checks it: signature by a key of the issuer, issuer, audience,
   * time, state, nonce (OpenID Connect Core 1.0, 3.1.3.7).
   * @throws ReconError `login-wrong` with what is wrong, `issuer-unreachable`
   */
  finish(attempt: OpenIdAttempt, query: string): Promise<OpenIdClaims>;
}

const PATIENCE_SECONDS = 10;
/** What an issuer says of itself, its keys included, changes rarely; whoever is not signed in must not make the head ask all the time. */
const KNOWN_MS = 5 * 60_000;

export function openIdIssuer(registered: OpenIdClient, nowMs: () => number): OpenIdIssuer {
  let known: { configuration: Promise<client.Configuration>; atMs: number } | undefined;
  const configuration = async (): Promise<client.Configuration> => {
    if (known === undefined || nowMs() - known.atMs > KNOWN_MS) known = { configuration: discovered(registered), atMs: nowMs() };
    const mine = known;
    try {
      return await mine.configuration;
    } catch (cause) {
      if (known === mine) known = undefined;
      throw unreachable(registered.issuer, cause);
    }
  };
  return {
    begin: async (redirectUri, scope) => {
      const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()];
      const url = client.buildAuthorizationUrl(await configuration(), {
        ...{ redirect_uri: redirectUri, scope, state, nonce, response_type: 'code' },
        ...{ code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' },
      });
      return { url: url.href, redirectUri, state, nonce, verifier };
    },
    finish: async ({ redirectUri, state, nonce, verifier }, query) => {
      const config = await configuration();
      try {
        const tokens = await client.authorizationCodeGrant(config, new URL(`${redirectUri}?${query}`), {
          ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true },
        });
        return tokens.claims() ?? {};
      } catch (cause) {
        if (isNetworkFault(cause)) throw unreachable(registered.issuer, cause);
        throw new ReconError('login-wrong', `the issuer's answer is refused: ${reasonOf(cause)}`, { cause });
      }
    },
  };
}

async function discovered({ issuer, clientId, clientSecret }: OpenIdClient): Promise<client.Configuration> {
  const url = new URL(issuer);
  // without it the signature of a token that came straight from the issuer is not looked at
  const execute = [client.enableNonRepudiationChecks, ...(url.protocol === 'http:' ? [client.allowInsecureRequests] : [])];
  return client.discovery(url, clientId, undefined, clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret), {
    ...{ execute, timeout: PATIENCE_SECONDS },
  });
}

function unreachable(issuer: string, cause: unknown): ReconError {
  return new ReconError('issuer-unreachable', `the issuer ${issuer} does not answer as one: ${reasonOf(cause)}`, {
    cause,
    hint: 'Names and passwords of this head go on working.',
  });
}

/** The innermost reason says the most: the library's own words are the same for many. Some of it was sent by anybody, and is one line here. */
function reasonOf(error: unknown): string {
  const { cause, error: code } = error instanceof Error ? (error as Error & { error?: unknown }) : {};
  const more = typeof code === 'string' ? code : cause instanceof Error ? messageOf(cause) : undefined;
  const text = more === undefined ? messageOf(error) : `${messageOf(error)} (${more})`;
  return terminalText(text).replaceAll(/\s+/g, ' ').slice(0, 300);
}

function isNetworkFault(error: unknown): boolean {
  const isOne = (one: unknown): boolean => one instanceof TypeError && /fetch failed/.test(one.message);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return isOne(error) || (error instanceof Error && isOne(error.cause)) || code === 'OAUTH_TIMEOUT';
}
