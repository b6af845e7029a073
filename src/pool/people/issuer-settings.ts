import { z } from 'zod';
import { type Person, PoolRole } from '../../domain/pool/person.ts';
import { PoolName } from '../../domain/pool/pool-name.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/;

const RoleRule = z.strictObject({
  when: z.string().min(1).max(200).meta({ description: 'a value of the claim; * is anybody whom the issuer knows' }),
  role: PoolRole,
  groups: z.array(PoolName).exactOptional().meta({ description: 'only nodes of these; missing: all' }),
});

/** `oidc:` of users.yaml: an issuer of OpenID Connect that people may sign in with, and what they may by what it says of them. */
export const IssuerSettings = z.strictObject({
  issuer: z.url().refine((text) => text.startsWith('https://') || LOOPBACK.test(text), 'an https address'),
  clientId: z.string().min(1).max(200),
  clientSecret: z.string().min(1).max(1000).exactOptional().meta({ description: 'missing: a public client, which PKCE alone protects' }),
  title: z.string().min(1).max(60).default('your organisation').meta({ description: 'on the button, behind "Sign in with"' }),
  scope: z
    .string()
    .regex(/^openid( [\x21\x23-\x5b\x5d-\x7e]+)*$/, 'openid, and more words behind it')
    .default('openid profile'),
  nameClaim: z.string().min(1).max(100).default('preferred_username').meta({ description: 'what they are called; sub when it is missing' }),
  roleClaim: z.string().min(1).max(200).default('groups').meta({ description: 'with dots for what lies deeper: realm_access.roles' }),
  roles: z.array(RoleRule).min(1).meta({ description: 'the first that fits counts' }),
});
export type IssuerSettings = z.infer<typeof IssuerSettings>;

/** Somebody whom an issuer knows: a name, and what it says that roles hang on. */
export interface KnownToIssuer {
  name: string;
  values: readonly string[];
}

/** What an issuer's claims say, as far as anything here hangs on it; undefined without a usable name. Pure. */
export function knownToIssuer(
  { nameClaim, roleClaim }: IssuerSettings,
  claims: Readonly<Record<string, unknown>>,
): KnownToIssuer | undefined {
  const name = claims[nameClaim] ?? claims['sub'];
  if (typeof name !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}$/.test(name)) return undefined;
  const values = [claimAt(claims, roleClaim)].flat().filter((value) => typeof value === 'string');
  return { name, values: values.slice(0, 1000) };
}

/** What somebody may; undefined: nothing. A local user of the same name is somebody else. Pure. */
export function personOfIssuer({ roles }: IssuerSettings, { name, values }: KnownToIssuer): Person | undefined {
  const rule = roles.find(({ when }) => when === '*' || values.includes(when));
  return rule === undefined ? undefined : { name: `oidc ${name}`, role: rule.role, ...definedOnly({ groups: rule.groups }) };
}

/** Whether these claims leave open what somebody is called or may do. Pure. */
export function lacksClaims({ nameClaim, roleClaim }: IssuerSettings, claims: Readonly<Record<string, unknown>>): boolean {
  return claims[nameClaim] === undefined || claimAt(claims, roleClaim) === undefined;
}

function claimAt(claims: Readonly<Record<string, unknown>>, path: string): unknown {
  // some issuers have claims whose own names hold dots, as addresses do
  if (Object.hasOwn(claims, path)) return claims[path];
  return path
    .split('.')
    .reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? at[key as keyof typeof at] : undefined),
      claims,
    );
}
