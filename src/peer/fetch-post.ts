import { PATHS } from '../domain/api.ts';
import { backoffMs } from './backoff.ts';
import type { PeerDeps } from './deps.ts';
import { ask } from './http-answer.ts';
import { say } from './say.ts';
import { postMissing, postRetry } from './sentences.ts';

/** After this the image's own collectors are used. */
const PATIENCE_MS = 120_000;
const ANSWER_MS = 60_000;
/** Tools and collectors of 192 MB, packed, fit; a machine of 2 GB of RAM holds them twice. */
const MOST_POST_BYTES = 224 * 1024 * 1024;

/** The workload that the master offers; undefined, with a word on the screen, when it has none or does not answer. */
export async function fetchPost(deps: PeerDeps): Promise<Buffer | undefined> {
  const untilMs = deps.nowMs() + PATIENCE_MS;
  for (let attempt = 0; ; attempt += 1) {
    const answer = await ask(deps.fetch, {
      method: 'GET',
      url: `${deps.masterUrl}${PATHS.post}`,
      timeoutMs: ANSWER_MS,
      mostBytes: MOST_POST_BYTES,
    });
    if (answer.kind === 'answer' && answer.status === 200) return answer.body;
    const why =
      answer.kind === 'none' ? `the master does not answer (${answer.why})` : `the master answers with HTTP status ${answer.status}`;
    const waitMs = backoffMs(attempt, deps.random, answer.kind === 'answer' ? answer.retryAfterMs : undefined);
    const isFinal = answer.kind === 'answer' && answer.status >= 400 && answer.status < 500 && ![408, 425, 429].includes(answer.status);
    if (isFinal || deps.nowMs() + waitMs > untilMs) {
      say(deps.log, postMissing(why));
      return undefined;
    }
    say(deps.log, postRetry(why, waitMs));
    await deps.sleep(waitMs);
  }
}
