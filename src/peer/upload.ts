import { createHash } from 'node:crypto';
import { CAPTURE_HEADER, capturePath, type Receipt, recordPath, SHA256_HEADER, TOKEN_HEADER } from '../domain/api.ts';
import { ReconError } from '../domain/errors.ts';
import { backoffMs } from './backoff.ts';
import type { PeerDeps } from './deps.ts';
import { ask, type HttpAnswer } from './http-answer.ts';
import { type Inventory, recordBytes, withoutCapture } from './inventory.ts';
import { renewToken } from './renew-token.ts';
import { say } from './say.ts';
import { captureLeftOut, noToken, tokenRenewed, uploadRetry } from './sentences.ts';
import { readToken } from './token.ts';
import { checkedReceipt, judge } from './upload-verdict.ts';

/** A thousand peers share the master's one network port. */
const SLOWEST_BYTES_PER_MS = 50;
const ANSWER_MS = 60_000;
/** A capture that arrives damaged so often in a row is left out: a failing card or memory may damage it each time, and the record matters more. */
const MOST_DAMAGED = 5;

/** One try to upload capture and record. */
type Try =
  | { kind: 'receipt'; receipt: Receipt }
  | { kind: 'retry'; what: string; why: string; retryAfterMs: number; isDamaged?: true }
  | { kind: 'token-refused'; why: string }
  | { kind: 'capture-refused'; why: string };

/**
 * Uploads until there is a receipt for exactly what was sent, for ever if need be. A capture that the master will not have is
 * left out, with a note in the record: the record matters more. A token that the master has forgotten is no end: a new one is asked for.
 * @throws ReconError `record-kept`, `body-too-large` or `upload-refused` when trying again cannot help
 */
export async function upload(inventory: Inventory, deps: PeerDeps, onTrouble: (why: string) => void = () => {}): Promise<Receipt> {
  if ((await readToken(deps.tokenFile)) === undefined) say(deps.log, noToken(deps.tokenFile));
  let sent = inventory;
  let hasNewToken = false;
  let damaged = 0;
  for (let attempt = 0; ; attempt += 1) {
    const result = await tryOnce(sent, deps);
    if (result.kind === 'receipt') return result.receipt;
    damaged = result.kind === 'retry' && result.isDamaged === true ? damaged + 1 : 0;
    const refusal = captureRefusal(result, damaged);
    if (refusal !== undefined) {
      say(deps.log, captureLeftOut(refusal));
      sent = withoutCapture(sent, refusal);
      damaged = 0;
      continue;
    }
    if (result.kind === 'token-refused' && !hasNewToken) {
      const asked = await renewToken(deps);
      hasNewToken = asked.renewed;
      if (hasNewToken) {
        say(deps.log, tokenRenewed(result.why, 'record'));
        continue;
      }
    } else hasNewToken = false;
    const { what, why: said, retryAfterMs } = result.kind === 'retry' ? result : { ...result, what: RECORD, retryAfterMs: 0 };
    const why = damaged < MOST_DAMAGED ? said : alwaysDamaged(said, damaged);
    const waitMs = backoffMs(attempt, deps.random, retryAfterMs);
    onTrouble(why);
    say(deps.log, uploadRetry(what, why, waitMs));
    await deps.sleep(waitMs);
  }
}

/** Why the capture is left out now; undefined while it is not. */
function captureRefusal(result: Exclude<Try, { kind: 'receipt' }>, damaged: number): string | undefined {
  if (result.kind === 'capture-refused') return result.why;
  return result.kind === 'retry' && result.what === CAPTURE && damaged >= MOST_DAMAGED ? alwaysDamaged(result.why, damaged) : undefined;
}

function alwaysDamaged(why: string, times: number): string {
  return `it arrived damaged ${times} times in a row (${why}); is the cable, the network card or the memory of this machine failing?`;
}

const RECORD = 'the record';
const CAPTURE = 'the raw capture';

/** Always both: a master that was restarted has forgotten a capture without a record. */
async function tryOnce({ record, capture }: Inventory, deps: PeerDeps): Promise<Try> {
  const captureSha256 = capture === undefined ? undefined : sha256Of(capture);
  if (capture !== undefined) {
    const verdict = judge(await put(capturePath(deps.bootMac), capture, {}, deps), CAPTURE);
    if (verdict.kind === 'retry') return { ...verdict, what: CAPTURE };
    if (verdict.kind === 'token-refused') return verdict;
    if (verdict.kind === 'refused') {
      if (verdict.error.code === 'record-kept') throw verdict.error;
      return { kind: 'capture-refused', why: verdict.error.message };
    }
  }
  const body = recordBytes(record);
  const headers: Record<string, string> = captureSha256 === undefined ? {} : { [CAPTURE_HEADER]: captureSha256 };
  const answer = await put(recordPath(deps.bootMac), body, headers, deps);
  const verdict = judge(answer, RECORD);
  if (verdict.kind === 'token-refused') return verdict;
  if (verdict.kind === 'refused') throw verdict.error;
  if (verdict.kind === 'retry') return { ...verdict, what: RECORD };
  try {
    return { kind: 'receipt', receipt: checkedReceipt(verdict.body, { recordSha256: sha256Of(body), captureSha256 }) };
  } catch (error) {
    if (!(error instanceof ReconError)) throw error;
    return { kind: 'retry', what: RECORD, why: error.message, retryAfterMs: 0 };
  }
}

async function put(path: string, body: Buffer, headers: Record<string, string>, deps: PeerDeps): Promise<HttpAnswer> {
  const token = await readToken(deps.tokenFile);
  return ask(deps.fetch, {
    method: 'PUT',
    url: `${deps.masterUrl}${path}`,
    headers: {
      'content-type': 'application/octet-stream',
      [SHA256_HEADER]: sha256Of(body),
      ...(token === undefined ? {} : { [TOKEN_HEADER]: token }),
      ...headers,
    },
    body: new Uint8Array(body),
    timeoutMs: ANSWER_MS + Math.round(body.length / SLOWEST_BYTES_PER_MS),
  });
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
