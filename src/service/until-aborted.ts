import { aborted } from '../domain/values/aborted.ts';

/** Stays, although nothing happens any more: an empty event loop would end the process. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  const keep = setInterval(() => {}, 3_600_000);
  await aborted(signal);
  clearInterval(keep);
}
