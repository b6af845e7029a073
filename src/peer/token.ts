import { readOrUndefined } from '../platform/files/files.ts';

/** The token of this boot; undefined when there is none. It is never shown or logged. */
export async function readToken(tokenFile: string): Promise<string | undefined> {
  const token = (await readOrUndefined(tokenFile))?.toString('utf8').trim() ?? '';
  return isToken(token) ? token : undefined;
}

export function isToken(text: string): boolean {
  return /^[0-9a-f]+$/i.test(text);
}
