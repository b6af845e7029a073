import { ReconError } from '../../domain/errors.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import type { Log } from '../../platform/log.ts';
import type { LineSocket } from '../../platform/network/line-socket.ts';
import type { ChildExit } from '../../platform/process/child.ts';
import { type WardenMessage, WardenRequest } from './message.ts';

/** Longer than any request; what is longer is no asker of ours. */
const LONGEST_LINE = 200;

/** What each word does. */
export type Acts = Readonly<Record<string, () => Promise<unknown>>>;

/** Does what the lines ask for. What is no request, or no word of `acts`, ends the connection. */
export function answerLines(connection: Pick<LineSocket, 'close'>, acts: Acts, tell: (message: WardenMessage) => void, log: Log) {
  return (line: string): void => {
    const request = parsed(line);
    const act = request !== undefined && Object.hasOwn(acts, request.word) ? acts[request.word] : undefined;
    if (request === undefined || act === undefined) {
      log.warn('what is asked of the warden is not known here');
      connection.close();
      return;
    }
    const { id } = request;
    act().then(
      (result) => tell({ id, result }),
      (error: unknown) =>
        tell({ id, failed: messageOf(error), ...definedOnly({ hint: error instanceof ReconError ? error.hint : undefined }) }),
    );
  };
}

function parsed(line: string): WardenRequest | undefined {
  if (line.length > LONGEST_LINE) return undefined;
  try {
    return WardenRequest.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** How a process ended, in a message. */
export function endedMessage(exit: ChildExit): WardenMessage {
  return { unitEnded: definedOnly(exit) };
}
