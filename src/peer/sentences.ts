import type { Receipt } from '../domain/api.ts';
import { ReconError } from '../domain/errors.ts';
import { messageOf } from '../domain/values/message-of.ts';

/** What a peer says on its screen and serial console: lines of at most 80 columns. */
type Lines = string[];

const COLUMNS = 79;

export const postRuns = (sizeBytes: number): Lines => wrapped(`running the workload of the master (post.tgz, ${sizeBytes} bytes)`);

export const postRetry = (why: string, waitMs: number): Lines =>
  wrapped(`the master has not given the workload yet: ${why}. Next try in ${seconds(waitMs)}.`);

export const postMissing = (why: string): Lines => wrapped(`using the collectors of the image, because ${why}`);

export const collecting = (): Lines => wrapped('reading the hardware. Nothing on this machine is changed.');

export const collected = (ok: number, absent: number, failed: number): Lines =>
  wrapped(`hardware read: ${ok} commands worked, ${absent} do not apply here, ${failed} failed`);

export const noToken = (tokenFile: string): Lines => wrapped(`there is no token in ${tokenFile}; the master is asked for a new one`);

export const tokenRenewed = (why: string, what: 'record' | 'report'): Lines =>
  wrapped(`${why}. The master gave a new token; the ${what} is sent again.`);

export const uploadRetry = (what: string, why: string, waitMs: number): Lines =>
  wrapped(`${what} was not uploaded: ${why}. Next try in ${seconds(waitMs)}. Leave the machine on.`);

export const captureLeftOut = (why: string): Lines => wrapped(`the record goes without its raw capture: ${why}`);

export const receiptGot = (receipt: Receipt): Lines =>
  wrapped(`the master has the record (revision ${receipt.revision}, receipt ${shortHash(receipt)}${inRam(receipt)})`);

export const noBmc = (receipt: Receipt): Lines =>
  wrapped(
    `no BMC (IPMI) found, so this machine stays on. Its record is safe (receipt ${shortHash(receipt)}${inRam(receipt)}). Switch it off by hand.`,
  );

export const poweringOff = (receipt: Receipt): Lines =>
  wrapped(`the record is safe (receipt ${shortHash(receipt)}${inRam(receipt)}). This machine switches itself off.`);

export const cuttingPower = (afterSeconds: number): Lines =>
  wrapped(`still on after ${afterSeconds} s of shutting down: the BMC cuts the power`);

export const bmcLies = (promises: number): Lines =>
  wrapped(
    `still on, although the BMC said ${promises === 1 ? 'once' : `${promises} times`} that it cuts the power. Switch it off by hand.`,
  );

/** A failure that ends the way: what, why, and what to try. */
export function peerFailed(error: unknown): Lines {
  const message = messageOf(error);
  const hint = error instanceof ReconError ? error.hint : undefined;
  return [...wrapped(`${message}.`), ...wrapped(hint ?? 'The machine stays on. Boot it from the network again to try once more.')];
}

function shortHash(receipt: Receipt): string {
  return receipt.recordSha256.slice(0, 12);
}

/** A record in RAM is gone when the master goes off; who reads this should know. */
function inRam(receipt: Receipt): string {
  return receipt.storage === 'ram' ? ", in the master's RAM" : '';
}

function seconds(durationMs: number): string {
  return `${Math.ceil(durationMs / 1000)} s`;
}

/** Breaks a text at blanks. A word that is longer than a line stands alone. */
function wrapped(text: string): Lines {
  const lines: Lines = [];
  let line = 'recon peer:';
  for (const word of text.split(/\s+/)) {
    if (line.length + 1 + word.length > COLUMNS) {
      lines.push(line);
      line = ' ';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
