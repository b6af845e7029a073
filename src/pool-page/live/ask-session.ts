import type { Person } from '../../domain/pool/person.ts';
import { askHead, sendHead } from './ask-head.ts';

/** @throws Refusal */
export async function askWhoIsIn(): Promise<Person | undefined> {
  return (await askHead<{ person?: Person }>('/session')).person;
}

/** @throws Refusal */
export async function signIn(entry: { name: string; password: string }): Promise<Person | undefined> {
  return (await sendHead<{ person?: Person }>('POST', '/session', entry)).person;
}

/** Sets a password by the secret of a link; gives whose it is. @throws Refusal */
export async function setUpPassword(entry: { link: string; password: string }): Promise<Person | undefined> {
  return (await sendHead<{ person?: Person }>('POST', '/setup', entry)).person;
}
