import { definedOnly } from '../../domain/values/defined-only.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import type { Log } from '../../platform/log.ts';
import type { LineSocket } from '../../platform/network/line-socket.ts';
import type { WardenActs } from './acts.ts';
import { type WardenMessage, WardenRequest } from './words.ts';

/** Longer than any request; what is longer is no master of ours. */
const LONGEST_LINE = 200;

/** Does what the master's lines ask for. What is no request ends the connection. */
export function answerLines(connection: Pick<LineSocket, 'close'>, acts: WardenActs, tell: (message: WardenMessage) => void, log: Log) {
  return (line: string): void => {
    const request = parsed(line);
    if (request === undefined) {
      log.warn('what the master asks for is not known here');
      connection.close();
      return;
    }
    const { id, word } = request;
    acts[word]().then(
      (result) => tell({ id, result }),
      (error: unknown) => tell({ id, failed: messageOf(error) }),
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
export function endedMessage(exit: { exitCode: number | undefined; signal: string | undefined }): WardenMessage {
  return { dnsmasqEnded: definedOnly(exit) };
}
