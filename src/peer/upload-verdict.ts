import { REQUEST_DAMAGED, Receipt } from '../domain/api.ts';
import { type ErrorCode, ReconError } from '../domain/errors.ts';
import { type HttpAnswer, refusalIn } from './http-answer.ts';

/** What an answer to an upload means. */
export type UploadAnswer =
  | { kind: 'accepted'; body: Buffer }
  /** the master, the network or the stick may be better later; `isDamaged`: other bytes arrived than were sent */
  | { kind: 'retry'; why: string; retryAfterMs: number; isDamaged?: true }
  /** the master does not know our token, or our address, any more: a new token may help */
  | { kind: 'token-refused'; why: string }
  /** the same upload will never be accepted */
  | { kind: 'refused'; error: ReconError };

/** Statuses that say the upload itself is wrong. All others, 5xx and 409 and 422 among them, can be cured by sending it again. */
const FINAL = new Set([400, 401, 403, 404, 405, 411, 413, 414, 415, 431]);

/** Judges an answer. Pure. `what` is a part of the sentence for people. */
export function judge(answer: HttpAnswer, what: string): UploadAnswer {
  if (answer.kind === 'none') return { kind: 'retry', why: `the master does not answer (${answer.why})`, retryAfterMs: 0 };
  const { status, body } = answer;
  if (status >= 200 && status < 300) return { kind: 'accepted', body };
  const { code: said, message, hint } = refusalIn(body);
  const why = message ?? `the master answers with HTTP status ${status}`;
  // the parser's own answer says nothing about the upload: what it read was damaged on its way
  if (!FINAL.has(status) || said === REQUEST_DAMAGED)
    return { kind: 'retry', why, retryAfterMs: answer.retryAfterMs ?? 0, ...(said === DAMAGED ? { isDamaged: true } : {}) };
  if (status === 403 && said !== 'record-kept') return { kind: 'token-refused', why };
  const code = said === 'record-kept' ? said : status === 413 ? 'body-too-large' : 'upload-refused';
  return {
    kind: 'refused',
    error: new ReconError(code, `the master refuses ${what}: ${why}`, { hint: `${hint ?? ADVICE} Until then it stays on.` }),
  };
}

const DAMAGED: ErrorCode = 'hash-mismatch';
const ADVICE = 'Boot the machine from the network again.';

/**
 * The receipt in an answer.
 * @throws ReconError `receipt-wrong` when it is none, or speaks of other bytes than those that were sent
 */
export function checkedReceipt(body: Buffer, sent: { recordSha256: string; captureSha256: string | undefined }): Receipt {
  const receipt = parseReceipt(body);
  if (receipt === undefined) throw new ReconError('receipt-wrong', "the master's answer is not a receipt");
  for (const name of ['recordSha256', 'captureSha256'] as const) {
    if (receipt[name] === sent[name]) continue;
    throw new ReconError('receipt-wrong', `the receipt says ${name} ${receipt[name] ?? 'nothing'}, sent was ${sent[name] ?? 'nothing'}`);
  }
  return receipt;
}

function parseReceipt(body: Buffer): Receipt | undefined {
  try {
    return Receipt.parse(JSON.parse(body.toString('utf8')));
  } catch {
    return undefined;
  }
}
