import { tokenPath } from '../domain/api.ts';
import { writeAtomic } from '../platform/files/files.ts';
import type { PeerDeps } from './deps.ts';
import { ask, refusalIn } from './http-answer.ts';
import { isToken } from './token.ts';

const ANSWER_MS = 20_000;

/**
 * Asks for a new token from this machine's own address, for example when the master was switched off and on and has forgotten the old
 * one, and puts it in its place. The result says why there is none.
 */
export async function renewToken({
  fetch,
  masterUrl,
  bootMac,
  tokenFile,
}: Pick<PeerDeps, 'fetch' | 'masterUrl' | 'bootMac' | 'tokenFile'>): Promise<{ renewed: true } | { renewed: false; why: string }> {
  const answer = await ask(fetch, { method: 'POST', url: `${masterUrl}${tokenPath(bootMac)}`, timeoutMs: ANSWER_MS });
  if (answer.kind === 'none') return { renewed: false, why: `the master does not answer (${answer.why})` };
  const text = answer.body.toString('utf8');
  if (answer.status !== 200 || !isToken(text))
    return { renewed: false, why: refusalIn(answer.body).message ?? `HTTP status ${answer.status}` };
  await writeAtomic(tokenFile, text, 0o600);
  return { renewed: true };
}
