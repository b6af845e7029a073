import { definedOnly } from '../../domain/values/defined-only.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import { patience } from './patience.ts';

/** Which NetBox, and who asks. */
export interface NetboxConnection {
  /** ends with `/api/` */
  api: string;
  token: string;
  /** for sentences: its host */
  name: string;
}

export interface NetboxDeps {
  fetch: typeof globalThis.fetch;
  sleep: (ms: number) => Promise<void>;
  /** 0 to 1 */
  random: () => number;
  /** why we wait */
  onWait: (sentence: string) => void;
}

export interface NetboxRequest {
  method: 'GET' | 'POST' | 'PATCH';
  /** below the API, with its query */
  path: string;
  body?: string;
}

export type NetboxAnswer = { kind: 'answer'; status: number; text: string } | { kind: 'none'; why: string; hint: string };
export type Exchange = (request: NetboxRequest) => Promise<NetboxAnswer>;

const TIMEOUT_MS = 120_000;

/**
 * Asks until there is an answer, with patience: what asks for patience (429) and, of a question that changes nothing, what fails for a while (502, 503, 504, other 5xx, no connection).
 * What might have changed something and was not answered is not repeated here: whoever sent it looks first. The token is in no sentence.
 */
export function exchangeWith({ api, token, name }: NetboxConnection, deps: NetboxDeps): Exchange {
  const authorization = token.startsWith('nbt_') ? `Bearer ${token}` : `Token ${token}`;
  const hidden = (text: string): string => text.replaceAll(token, '(the token)');
  return async ({ method, path, body }) => {
    for (let attempt = 0; ; attempt += 1) {
      const answer = await once(deps.fetch, `${api}${path}`, {
        ...{ method, redirect: 'manual' },
        headers: { accept: 'application/json', authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...definedOnly({ body }),
      });
      const waitMs = patience({ attempt, method, random: deps.random, ...facts(answer) });
      if (waitMs === undefined)
        return answer.kind === 'none' ? { ...answer, why: hidden(answer.why) } : { ...answer, text: hidden(answer.text) };
      deps.onWait(
        `${name} ${answer.kind === 'none' ? `does not answer (${hidden(answer.why)})` : `answers ${answer.status}`}: again in ${Math.ceil(waitMs / 1000)} s`,
      );
      await deps.sleep(waitMs);
    }
  };
}

type OneAnswer = Extract<NetboxAnswer, { kind: 'none' }> & { isFinal: boolean };
type Answered = Extract<NetboxAnswer, { kind: 'answer' }> & { retryAfterMs: number };

function facts(answer: OneAnswer | Answered): { status: number | undefined; isFinal: boolean; retryAfterMs: number } {
  return answer.kind === 'none'
    ? { status: undefined, isFinal: answer.isFinal, retryAfterMs: 0 }
    : { status: answer.status, isFinal: false, retryAfterMs: answer.retryAfterMs };
}

async function once(fetch: typeof globalThis.fetch, url: string, init: RequestInit): Promise<OneAnswer | Answered> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const seconds = Number(response.headers.get('retry-after') ?? 0);
    return {
      ...{ kind: 'answer', status: response.status, text: await response.text() },
      retryAfterMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0,
    };
  } catch (error) {
    return { kind: 'none', ...whyNone(error) };
  }
}

const UP = 'is it up, and is that its URL? What was done stays: run it again, and it goes on';

/** fetch says "fetch failed" and has the reason in `cause`. */
function whyNone(error: unknown): { why: string; hint: string; isFinal: boolean } {
  if (error instanceof Error && error.name === 'TimeoutError')
    return { why: `no answer within ${TIMEOUT_MS / 1000} s`, hint: UP, isFinal: false };
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const said = messageOf(cause) || code;
  if (/CERT|SELF_SIGNED|UNABLE_TO|ALTNAME|ERR_TLS|ERR_SSL|EPROTO/.test(code))
    return {
      why: `its certificate or TLS is not what this machine takes (${said})`,
      hint: 'nothing was sent. Where your own authority signed it: --ca-file with its certificate. A name that is not in the certificate: take the one that is.',
      isFinal: true,
    };
  const words = code === 'ECONNREFUSED' ? 'connection refused' : code === 'ENOTFOUND' ? 'its name is not known' : said;
  return { why: words, hint: UP, isFinal: code === 'ENOTFOUND' };
}
