import { ReconError } from '../../domain/errors.ts';
import { runOk } from '../process/command.ts';

/**
 * Sends raw Ethernet frames on an interface, as they are, in order.
 * All frames must have the same length: socat makes one frame of each read, and reads of exactly that length keep frames
 * apart that wait together in the pipe.
 * @throws ReconError `command-failed` when socat is missing or the interface is down or gone
 */
export async function sendFrames(interfaceName: string, frames: readonly Uint8Array[]): Promise<void> {
  const lengthBytes = frames[0]?.length;
  if (lengthBytes === undefined) return;
  if (frames.some((frame) => frame.length !== lengthBytes)) {
    throw new ReconError('command-failed', `frames of different lengths cannot be sent together on ${interfaceName}`);
  }
  await runOk(['socat', '-u', '-b', String(lengthBytes), '-', `INTERFACE:${interfaceName}`], {
    timeoutMs: 5000,
    input: Buffer.concat(frames),
  });
}
