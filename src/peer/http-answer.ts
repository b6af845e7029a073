import { ApiError } from '../domain/api.ts';

/** What came of a request. */
export type HttpAnswer =
  | { kind: 'answer'; status: number; body: Buffer; retryAfterMs: number | undefined }
  /** no connection, no answer in time, or a connection that broke */
  | { kind: 'none'; why: string };

export interface HttpRequest {
  method: 'GET' | 'PUT' | 'POST';
  url: string;
  headers?: Record<string, string>;
  body?: Uint8Array<ArrayBuffer>;
  /** for the whole of it, the answer's body too */
  timeoutMs: number;
  /** a longer body is no answer of our master; {@link MOST_ANSWER_BYTES} when missing */
  mostBytes?: number;
}

/** A receipt or a refusal is a few hundred bytes. */
const MOST_ANSWER_BYTES = 256 * 1024;

/** Sends a request. Never throws: no answer is an answer. */
export async function ask(
  fetch: typeof globalThis.fetch,
  { url, timeoutMs, mostBytes = MOST_ANSWER_BYTES, ...request }: HttpRequest,
): Promise<HttpAnswer> {
  try {
    const response = await fetch(url, { ...request, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    return {
      kind: 'answer',
      status: response.status,
      body: await boundedBody(response, mostBytes),
      retryAfterMs: Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined,
    };
  } catch (error) {
    return { kind: 'none', why: whyNoAnswer(error, timeoutMs) };
  }
}

/** The body as a whole. @throws Error when it is longer; what is left of it is not read, and the connection closed */
async function boundedBody({ body }: Response, mostBytes: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const piece of body ?? []) {
    sizeBytes += piece.length;
    if (sizeBytes > mostBytes) throw new Error(`its answer is longer than ${mostBytes} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** What a person reads on a screen of 80 columns, in characters. */
const MOST_WORDS = 500;

/** The master's reason and advice, from the body of a failed request. */
export function refusalIn(body: Buffer): { code: string | undefined; message: string | undefined; hint: string | undefined } {
  try {
    const { code, message, hint } = ApiError.parse(JSON.parse(body.toString('utf8')));
    return { code, message: message.slice(0, MOST_WORDS), hint: hint?.slice(0, MOST_WORDS) };
  } catch {
    return { code: undefined, message: undefined, hint: undefined };
  }
}

/** fetch says "fetch failed" and hides the system's error in `cause`. */
function whyNoAnswer(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${Math.round(timeoutMs / 1000)} s`;
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  return WORDS[code] ?? (cause.message || code || error.message);
}

const WORDS: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection broken',
  EPIPE: 'connection broken',
  UND_ERR_SOCKET: 'connection broken',
  EHOSTUNREACH: 'no route to it',
  ENETUNREACH: 'no network',
  ETIMEDOUT: 'no answer',
  UND_ERR_CONNECT_TIMEOUT: 'no answer',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name is not known',
};
