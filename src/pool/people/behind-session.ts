import type { Person } from '../../domain/pool/person.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { type KnownToIssuer, personOfIssuer } from './issuer-settings.ts';
import { entryOf, type UsersFile } from './users-file.ts';

/** Whom a session is of. `entry` is other when they may something else now, or are somebody else: then the session is over. */
export interface BehindSession {
  person: Person;
  entry: string;
}

/** No name of a local user has a colon. */
const OF_ISSUER = 'oidc:';

/** What a session keeps of somebody whom the issuer knows: roles are looked up each time. */
export function issuerUser({ name, values }: KnownToIssuer): string {
  return `${OF_ISSUER}${JSON.stringify({ name, values })}`;
}

/** Undefined when there is no such user any more, or nothing that they may. Pure. */
export function behindSession({ users, oidc }: Pick<UsersFile, 'users' | 'oidc'>, user: string): BehindSession | undefined {
  if (user.startsWith(OF_ISSUER)) {
    const person = oidc === undefined ? undefined : personOfIssuer(oidc, JSON.parse(user.slice(OF_ISSUER.length)) as KnownToIssuer);
    return person === undefined ? undefined : { person, entry: JSON.stringify([oidc?.issuer, oidc?.clientId, person]) };
  }
  const entry = entryOf(users, user);
  if (entry === undefined) return undefined;
  const { role, groups } = entry;
  return { person: { name: user, role, ...definedOnly({ groups }) }, entry: JSON.stringify(entry) };
}
