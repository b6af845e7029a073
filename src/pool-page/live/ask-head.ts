import { POOL_API } from '../../domain/pool/api-path.ts';
import type { ChangeReport } from '../../domain/pool/api-views.ts';
import { messageOf } from '../../domain/values/message-of.ts';

const PATIENCE_MS = 15_000;
/** A change of ten thousand nodes writes and checks all of them. */
const CHANGE_PATIENCE_MS = 120_000;

const FILE_PATIENCE_MS = 600_000;

/** Both sides, when somebody else was faster. */
export interface Conflict {
  /** the one that is there */
  revision: number;
  meanwhile: { revision: number; by: string; what: string }[];
  yours: { path: string; lines: string[] }[];
}

/** Why the head did not do it, in its own words. */
export class Refusal extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly conflict: Conflict | undefined;

  constructor(code: string, message: string, more: { hint?: string | undefined; conflict?: Conflict | undefined } = {}) {
    super(message);
    this.code = code;
    this.hint = more.hint;
    this.conflict = more.conflict;
  }
}

/** A change of the pool: a route, what it is sent, and the revision that it was thought out on. */
export interface PoolOrder {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  body?: unknown;
  revision: number;
}

/** What is there, with the head's clock minus ours where it says its own. @throws Refusal */
export async function askHead<Answer>(path: string): Promise<Answer> {
  return (await answerOf(path, { patienceMs: PATIENCE_MS })).json() as Promise<Answer>;
}

/** @throws Refusal */
export async function sendHead<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  return (await answerOf(path, { method, body, patienceMs: PATIENCE_MS })).json() as Promise<Answer>;
}

/** A file as it is; a visit of a thousand machines takes its time. @throws Refusal */
export async function sendTarball<Answer>(path: string, file: Blob): Promise<Answer> {
  const answer = await answerOf(path, { method: 'POST', file, patienceMs: FILE_PATIENCE_MS });
  return answer.json() as Promise<Answer>;
}

/** @throws Refusal; with both sides when somebody else was faster */
export async function sendChange({ method, path, body, revision }: PoolOrder): Promise<ChangeReport> {
  const answer = await answerOf(path, { method, body, patienceMs: CHANGE_PATIENCE_MS, headers: { 'if-match': `"${revision}"` } });
  return answer.json() as Promise<ChangeReport>;
}

/** Milliseconds that the head's clock is before ours, from an answer; it has whole seconds only. */
export async function headClockOffsetMs(): Promise<number> {
  const answer = await answerOf('/session', { patienceMs: PATIENCE_MS });
  const atMs = Date.parse(answer.headers.get('date') ?? '');
  return Number.isNaN(atMs) ? 0 : atMs - Date.now();
}

interface Request {
  method?: string;
  body?: unknown;
  file?: Blob;
  headers?: Record<string, string>;
  patienceMs: number;
}

async function answerOf(path: string, { method = 'GET', body, file, headers = {}, patienceMs }: Request): Promise<Response> {
  const content = file !== undefined ? { body: file } : body === undefined ? {} : { body: JSON.stringify(body) };
  const type: Record<string, string> =
    file !== undefined ? { 'content-type': 'application/gzip' } : body === undefined ? {} : { 'content-type': 'application/json' };
  const answer = await fetch(`${POOL_API}${path}`, {
    ...{ method, headers: { ...headers, ...type }, ...content },
    ...{ cache: 'no-store', credentials: 'same-origin', signal: AbortSignal.timeout(patienceMs) },
  }).catch((error: unknown) => {
    throw new Refusal('unreachable', `the head does not answer (${messageOf(error)})`, { hint: 'Nothing is lost here; try it again.' });
  });
  if (answer.ok) return answer;
  throw await refusalOf(answer);
}

async function refusalOf(answer: Response): Promise<Refusal> {
  const said = (await answer.json().catch(() => ({}))) as { code?: string; message?: string; hint?: string } & Partial<Conflict>;
  const { code = String(answer.status), message = `the head answers ${answer.status}`, hint, revision, meanwhile, yours } = said;
  // the head's own words are for programs as well, which have tokens
  if (code === 'login-needed')
    return new Refusal(code, 'your session was over', { hint: 'Nothing that you typed is lost: send it again.' });
  const conflict = revision === undefined || meanwhile === undefined || yours === undefined ? undefined : { revision, meanwhile, yours };
  return new Refusal(code, message, { hint, conflict });
}

/** In one text, for a line below a field. */
export function refusalText(error: unknown): string {
  const text = messageOf(error);
  const sentence = `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}${/[.!?…]$/.test(text) ? '' : '.'}`;
  return error instanceof Refusal && error.hint !== undefined ? `${sentence} ${error.hint}` : sentence;
}
