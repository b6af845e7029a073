import { progressPath, TOKEN_HEADER } from '../domain/api.ts';
import type { Stage } from '../domain/stages.ts';
import type { PeerDeps } from './deps.ts';
import { ask, type HttpAnswer, refusalIn } from './http-answer.ts';
import { renewToken } from './renew-token.ts';
import { say } from './say.ts';
import { tokenRenewed } from './sentences.ts';
import { readToken } from './token.ts';

/** Tells the master where this peer is. Nothing waits for it, and nothing fails with it. */
export interface ProgressReporter {
  report(stage: Stage, detail?: string): void;
  /** resolves when nothing more is under way: every report was sent or given up */
  settled(): Promise<void>;
}

const REPORT_MS = 3000;
const DETAIL_CHARACTERS = 500;

type ProgressDeps = Pick<PeerDeps, 'masterUrl' | 'bootMac' | 'tokenFile' | 'fetch' | 'log'>;

/**
 * One report is under way at a time; of those that wait, only the newest of each stage is kept. A token that the master has forgotten is asked
 * for anew, as for an upload.
 */
export function progressReporter(deps: ProgressDeps): ProgressReporter {
  const waiting = new Map<Stage, string | undefined>();
  let sending: Promise<void> | undefined;
  // a master that refuses a new token too is asked no more: the upload asks for as long as it takes
  let mayRenew = true;
  const send = async (stage: Stage, detail: string | undefined): Promise<void> => {
    let answer = await sendOnce(deps, stage, detail);
    const refused = refusalOf(answer);
    if (refused !== undefined && mayRenew) {
      if ((await renewToken(deps)).renewed) {
        say(deps.log, tokenRenewed(refused, 'report'));
        answer = await sendOnce(deps, stage, detail);
      }
      mayRenew = refusalOf(answer) === undefined;
    }
    if (answer.kind === 'none') deps.log.debug(`progress ${stage}: ${answer.why}`);
    else if (answer.status >= 300) deps.log.debug(`progress ${stage}: HTTP status ${answer.status}`);
  };
  const drain = async (): Promise<void> => {
    for (let [next] = waiting; next !== undefined; [next] = waiting) {
      waiting.delete(next[0]);
      await send(...next).catch((error: unknown) => deps.log.debug(`progress ${next?.[0]}: ${error}`));
    }
    sending = undefined;
  };
  return {
    report: (stage, detail) => {
      waiting.set(stage, detail);
      sending ??= drain();
    },
    settled: async () => sending,
  };
}

async function sendOnce(
  { fetch, masterUrl, bootMac, tokenFile }: ProgressDeps,
  stage: Stage,
  detail: string | undefined,
): Promise<HttpAnswer> {
  const token = await readToken(tokenFile);
  return ask(fetch, {
    method: 'POST',
    url: `${masterUrl}${progressPath(bootMac)}`,
    headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { [TOKEN_HEADER]: token }) },
    body: Buffer.from(JSON.stringify({ stage, ...(detail === undefined ? {} : { detail: detail.slice(0, DETAIL_CHARACTERS) }) })),
    timeoutMs: REPORT_MS,
  });
}

/** Why the master does not take our token, or our address, any more; undefined when it does. */
function refusalOf(answer: HttpAnswer): string | undefined {
  if (answer.kind === 'none' || answer.status !== 403) return undefined;
  return refusalIn(answer.body).message ?? 'the token is refused';
}
