import { z } from 'zod';
import { ReconError } from '../../domain/errors.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { connectLines } from '../../platform/network/line-socket.ts';

/** An event that QEMU sent, with the host's time. */
export interface QmpEvent {
  name: string;
  atMs: number;
  data: Record<string, unknown>;
}

/** A connection to QEMU's machine protocol. */
export interface Qmp {
  /** @throws ReconError `infrastructure` when QEMU refuses, does not answer in 30 s, or has gone */
  execute(command: string, args?: Record<string, unknown>): Promise<unknown>;
  close(): void;
}

const Message = z.looseObject({
  id: z.int().exactOptional(),
  return: z.unknown().optional(),
  error: z.looseObject({ class: z.string(), desc: z.string() }).exactOptional(),
  event: z.string().exactOptional(),
  data: z.record(z.string(), z.unknown()).exactOptional(),
  timestamp: z.looseObject({ seconds: z.number(), microseconds: z.number() }).exactOptional(),
});
type Message = z.infer<typeof Message>;

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

const ANSWER_TIMEOUT_MS = 30_000;

/**
 * Connects to a QMP socket and leaves the negotiation mode. Protocol: QEMU's qmp-spec.
 * @throws Error with `code` ENOENT or ECONNREFUSED while QEMU does not listen yet
 */
export async function connectQmp(path: string, onEvent: (event: QmpEvent) => void): Promise<Qmp> {
  const waiting = new Map<number, Waiting>();
  const socket = await connectLines(path, (line) => receive(line, waiting, onEvent));
  socket.closed.then(
    () => fail(waiting, 'QEMU closed its control socket'),
    () => {},
  );
  let lastId = 0;
  const execute = (command: string, args?: Record<string, unknown>): Promise<unknown> => {
    const id = ++lastId;
    const answer = new Promise<unknown>((resolve, reject) => {
      const timer = setTimeout(() => reject(new ReconError('infrastructure', `QEMU did not answer ${command} in time`)), ANSWER_TIMEOUT_MS);
      const settle =
        <T>(next: (value: T) => void) =>
        (value: T): void => {
          clearTimeout(timer);
          waiting.delete(id);
          next(value);
        };
      waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
    });
    socket.send(JSON.stringify({ execute: command, id, ...definedOnly({ arguments: args }) }));
    return answer;
  };
  await execute('qmp_capabilities');
  return { execute, close: () => socket.close() };
}

/** Reads one line of QMP; undefined for what is none (QEMU never sends that, but a truncated line may come at its end). */
export function parseQmpMessage(line: string): Message | undefined {
  try {
    return Message.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function receive(line: string, waiting: ReadonlyMap<number, Waiting>, onEvent: (event: QmpEvent) => void): void {
  const message = parseQmpMessage(line);
  if (message === undefined) return;
  if (message.event !== undefined) {
    const { seconds = 0, microseconds = 0 } = message.timestamp ?? {};
    onEvent({ name: message.event, atMs: seconds * 1000 + microseconds / 1000, data: message.data ?? {} });
  }
  if (message.id === undefined) return;
  if (message.error === undefined) waiting.get(message.id)?.resolve(message.return);
  else waiting.get(message.id)?.reject(new ReconError('infrastructure', `QEMU refused a command: ${message.error.desc}`));
}

function fail(waiting: Map<number, Waiting>, reason: string): void {
  for (const one of [...waiting.values()]) one.reject(new ReconError('infrastructure', reason));
}
