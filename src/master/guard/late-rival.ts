import type { PacketCapture } from './packets/packet-capture.ts';
import { probeTools } from './probe-tools.ts';
import type { RivalMeetings } from './rival.ts';
import type { Round } from './round.ts';
import { wait } from './wait.ts';

/** How long a machine whose programs come over its BMC's virtual CD may take for a word; three of our questions long. */
const LATE_MS = 60_000;
const ASK_EVERY_MS = 20_000;

/**
 * Whether what took our address, or answered like a server of ours, was another machine like us that was slow to say so. Serving has ended when
 * this is asked, so there is time to listen: a person who is told to take a server away that is none finds nothing, and this machine would stay
 * out for good. `whileServed`: those who were heard before.
 */
export async function wasLateRival(round: Round, capture: PacketCapture, whileServed: RivalMeetings): Promise<boolean> {
  const { signal } = round;
  const { rivals, observe, sendProbes } = probeTools(round, undefined);
  const wasHeard = (): boolean => whileServed.wasHeard(LATE_MS) || rivals.wasHeard(LATE_MS);
  const heard = Promise.withResolvers<void>();
  capture.listen((frame) => {
    observe(frame);
    if (wasHeard()) heard.resolve();
  });
  for (let elapsedMs = 0; elapsedMs < LATE_MS && !wasHeard() && !signal.aborted; elapsedMs += ASK_EVERY_MS) {
    await sendProbes().catch(() => {});
    await Promise.race([wait(ASK_EVERY_MS, signal), heard.promise]);
  }
  capture.listen(undefined);
  return wasHeard() && !signal.aborted;
}
