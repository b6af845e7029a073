import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

type Json = Record<string, unknown>;

/** What the next tokens are like; nothing: as they should be. */
export interface IssuerMischief {
  claims?: Json;
  alg?: 'none';
  signWith?: 'another key';
  stateBack?: string;
  refuse?: string;
  /** the ID token says who somebody is and no more, as the standard has it; `unlike`: UserInfo is about somebody else */
  userInfo?: 'alone' | 'unlike';
  /** from now on it signs with other keys, under the same name */
  newKeys?: true;
}

/** A small issuer of OpenID Connect on loopback: discovery, keys, codes with PKCE, and ID tokens that are signed (RS256). Everybody is whoever `user` says. */
export async function labIssuer() {
  let keys = newKeys();
  const stranger = newKeys();
  const codes = new Map<string, URLSearchParams>();
  const state: { user: Json; mischief: IssuerMischief; discoveries: number } = {
    user: { sub: '1001', preferred_username: 'anna', groups: ['recon-admins'] },
    mischief: {},
    discoveries: 0,
  };
  const server = createServer(
    (request, response) => void answer(request, response).catch((error: unknown) => response.destroy(error as Error)),
  );
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer);
    if (url.pathname === '/.well-known/openid-configuration') {
      state.discoveries += 1;
      return json(response, 200, discoveryOf(issuer));
    }
    if (url.pathname === '/keys') return json(response, 200, { keys: [keys.jwk] });
    if (url.pathname === '/userinfo')
      return json(response, request.headers.authorization === 'Bearer x' ? 200 : 401, {
        ...state.user,
        ...(state.mischief.userInfo === 'unlike' ? { sub: 'somebody else' } : {}),
      });
    if (url.pathname === '/authorize') return authorize(url.searchParams, response);
    if (url.pathname === '/token' && request.method === 'POST') return token(request, response);
    return json(response, 404, { error: 'not_found' });
  }

  function authorize(asked: URLSearchParams, response: ServerResponse): void {
    const back = new URL(asked.get('redirect_uri') ?? '');
    const code = randomUUID();
    codes.set(code, asked);
    if (state.mischief.refuse === undefined) back.searchParams.set('code', code);
    else back.searchParams.set('error', state.mischief.refuse);
    back.searchParams.set('state', state.mischief.stateBack ?? asked.get('state') ?? '');
    response.writeHead(302, { location: back.href }).end();
  }

  async function token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await text(request));
    const asked = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isKnown = request.headers.authorization === `Basic ${Buffer.from('recon:hush').toString('base64')}`;
    if (!isKnown) return json(response, 401, { error: 'invalid_client' });
    if (asked === undefined || challenge !== asked.get('code_challenge') || form.get('redirect_uri') !== asked.get('redirect_uri'))
      return json(response, 400, { error: 'invalid_grant' });
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: issuer,
      aud: 'recon',
      iat: now,
      exp: now + 300,
      nonce: asked.get('nonce'),
      ...(state.mischief.userInfo === undefined ? state.user : { sub: state.user['sub'] }),
      ...state.mischief.claims,
    };
    if (state.mischief.newKeys) keys = newKeys();
    const header = { alg: state.mischief.alg ?? 'RS256', kid: 'k1', typ: 'JWT' };
    const key = state.mischief.signWith === undefined ? keys.privateKey : stranger.privateKey;
    return json(response, 200, { access_token: 'x', token_type: 'Bearer', id_token: jwt(header, claims, key) });
  }

  return {
    issuer,
    state,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** `oidc:` of users.yaml for it, as YAML that is JSON. */
export function issuerYaml(issuer: string, more: Json = {}): string {
  const roles = [
    { when: 'recon-admins', role: 'admin' },
    { when: 'rack1-team', role: 'operator', groups: ['rack1'] },
  ];
  return `oidc: ${JSON.stringify({ issuer, clientId: 'recon', clientSecret: 'hush', title: 'Lab', roles, ...more })}\n`;
}

function discoveryOf(issuer: string): Json {
  return {
    ...{ issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/keys` },
    userinfo_endpoint: `${issuer}/userinfo`,
    ...{ response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'] },
    code_challenge_methods_supported: ['S256'],
  };
}

function newKeys(): { privateKey: KeyObject; jwk: Json } {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const jwk = createPublicKey(createPrivateKey(pem)).export({ format: 'jwk' });
  return { privateKey, jwk: { ...jwk, kid: 'k1', alg: 'RS256', use: 'sig' } };
}

function jwt(header: Json, claims: Json, key: KeyObject): string {
  const part = (value: Json): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part(header)}.${part(claims)}`;
  return `${signed}.${header['alg'] === 'none' ? '' : sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}

function json(response: ServerResponse, status: number, value: Json): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
