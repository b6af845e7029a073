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
   * time, state, nonce (OpenID Connect Core 1.0, 3.1.3.7). What is `wanted` and not in it is asked for at the issuer's UserInfo: with a code, that is where the
   * claims of scopes are (5.4).
   * @throws ReconError `login-wrong` with what is wrong, `issuer-unreachable`
   */
  finish(attempt: OpenIdAttempt, query: string, wanted: (claims: OpenIdClaims) => boolean): Promise<OpenIdClaims>;
}

const PATIENCE_SECONDS = 10;
/** What an issuer says of itself changes rarely; whoever is not signed in must not make the head ask all the time. */
const KNOWN_MS = 5 * 60_000;
/** A browser that is sent to an issuer which is down shows a page of its own: whether it answers is asked before. More often it is not. */
const ANSWERED_MS = 3000;
/** After an answer that was refused it is asked for anew; who sends nonsense does not make it more often than this. */
const LEAST_KNOWN_MS = 10_000;

export function openIdIssuer(registered: OpenIdClient, nowMs: () => number): OpenIdIssuer {
  let known: { configuration: Promise<client.Configuration>; atMs: number } | undefined;
  const configuration = async (knownForMs = KNOWN_MS): Promise<client.Configuration> => {
    if (known === undefined || nowMs() - known.atMs > knownForMs) known = { configuration: discovered(registered), atMs: nowMs() };
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
      const url = client.buildAuthorizationUrl(await configuration(ANSWERED_MS), {
        ...{ redirect_uri: redirectUri, scope, state, nonce, response_type: 'code' },
        ...{ code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' },
      });
      return { url: url.href, redirectUri, state, nonce, verifier };
    },
    finish: async ({ redirectUri, state, nonce, verifier }, query, wanted) => {
      // its keys are asked for anew: one that was changed since, even under its old name, must not keep everybody out until it is asked again by itself
      const config = configured(registered, (await configuration()).serverMetadata());
      try {
        const tokens = await client.authorizationCodeGrant(config, new URL(`${redirectUri}?${query}`), {
          ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true },
        });
        const claims = tokens.claims();
        if (claims === undefined || !wanted(claims) || config.serverMetadata().userinfo_endpoint === undefined) return claims ?? {};
        return { ...(await client.fetchUserInfo(config, tokens.access_token, claims.sub)), ...claims };
      } catch (cause) {
        // it may be another one than it was: whoever tries again meets what it is now
        if (known !== undefined && nowMs() - known.atMs > LEAST_KNOWN_MS) known = undefined;
        if (isNetworkFault(cause)) throw unreachable(registered.issuer, cause);
        throw new ReconError('login-wrong', `the issuer's answer is refused: ${reasonOf(cause)}`, { cause });
      }
    },
  };
}

async function discovered(registered: OpenIdClient): Promise<client.Configuration> {
  const execute = isPlain(registered) ? [client.allowInsecureRequests] : [];
  return client.discovery(new URL(registered.issuer), registered.clientId, undefined, client.None(), {
    execute,
    timeout: PATIENCE_SECONDS,
  });
}

function configured(registered: OpenIdClient, server: client.ServerMetadata): client.Configuration {
  const config = new client.Configuration(server, registered.clientId, undefined, authenticationOf(registered, server));
  config.timeout = PATIENCE_SECONDS;
  // without it the signature of a token that came straight from the issuer is not looked at
  client.enableNonRepudiationChecks(config);
  if (isPlain(registered)) client.allowInsecureRequests(config);
  return config;
}

/** As the issuer says that it takes it; what it does not say is Basic (RFC 8414, section 2). */
function authenticationOf(
  { clientSecret }: OpenIdClient,
  { token_endpoint_auth_methods_supported: taken }: client.ServerMetadata,
): client.ClientAuth {
  if (clientSecret === undefined) return client.None();
  const isInBody = taken?.includes('client_secret_post') === true && !taken.includes('client_secret_basic');
  return isInBody ? client.ClientSecretPost(clientSecret) : client.ClientSecretBasic(clientSecret);
}

function isPlain({ issuer }: OpenIdClient): boolean {
  return issuer.startsWith('http:');
}

function unreachable(issuer: string, cause: unknown): ReconError {
  return new ReconError('issuer-unreachable', `the issuer ${issuer} does not answer as one: ${reasonOf(cause)}`, {
    cause,
    hint: 'Names and passwords of this head go on working.',
  });
}

/** The innermost reason says the most: the library's own words are the same for many. Some of it was sent by anybody, and is one line here. */
function reasonOf(error: unknown): string {
  if (
    error instanceof client.WWWAuthenticateChallengeError ||
    (error instanceof client.ResponseBodyError && error.error === 'invalid_client')
  )
    return 'it does not take clientId and clientSecret of users.yaml (invalid_client)';
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
