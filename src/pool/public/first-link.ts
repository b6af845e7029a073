import type { People } from '../people/people.ts';

/** Where the page asks for a new password. Behind `#`, so that no server on the way writes it down. */
export function setUpUrl(url: string, secret: string): string {
  return `${url}#setup=${secret}`;
}

/** The secret of a link for the first administrator, when nobody can sign in yet. */
export async function firstLink(people: Pick<People, 'users' | 'addUser'>): Promise<string | undefined> {
  const users = await people.users();
  if (users.some(({ hasPassword }) => hasPassword)) return undefined;
  const first = users.find(({ role }) => role === 'admin')?.name ?? 'admin';
  return people.addUser(first, { role: 'admin' });
}
