import type { Segment } from '../domain/network.ts';
import { messageOf } from '../domain/values/message-of.ts';
import type { Log } from '../platform/log.ts';
import type { EventSink } from './event-sink.ts';
import { infinibandQuestion, OTHER_LINK_FILTER } from './guard/packets/infiniband-question.ts';
import { openPacketCapture, type PacketCapture } from './guard/packets/packet-capture.ts';
import { rateLimit } from './http/rate-limit.ts';
import type { Ledger } from './ledger/ledger.ts';

/** Machines that ask over InfiniBand, on the interfaces that are served. */
export interface InfinibandWatch {
  /** listens on these from now on */
  listen(segments: readonly Segment[]): Promise<void>;
  stop(): Promise<void>;
}

/** A machine asks every few seconds; once a minute is enough for the ledger. Identifiers can be made up without end. */
const SAID_AGAIN = { burst: 1, perSecond: 1 / 60, keys: 1024 };

/**
 * dnsmasq finds machines by their hardware address, because ROM, iPXE and Linux send different client identifiers, and over InfiniBand there is none: it neither
 * answers nor says a word. So that somebody knows of them, we listen ourselves.
 */
export function followInfiniband({ ledger, events, log }: { ledger: Pick<Ledger, 'add'>; events: EventSink; log: Log }): InfinibandWatch {
  const captures = new Map<string, PacketCapture>();
  const said = rateLimit(SAID_AGAIN);
  const hear = (networkInterface: string, payload: Uint8Array): void => {
    const question = infinibandQuestion(payload);
    if (question === undefined) return;
    const { mac, clientId } = question;
    if (!said.take(mac)) return;
    const detail = `network boot over InfiniBand, client identifier ${clientId}`;
    log.warn(`${networkInterface}: ${mac} not answered: ${detail}`);
    ledger.add({ mac, stage: 'discover', interface: networkInterface, detail, facts: { unanswered: 'infiniband' } });
    events.emit({ kind: 'unanswered', interface: networkInterface, mac, clientId });
  };
  const close = async (name: string): Promise<void> => {
    const capture = captures.get(name);
    captures.delete(name);
    await capture?.[Symbol.asyncDispose]();
  };
  const open = async (name: string): Promise<void> => {
    const capture = await openPacketCapture(name, OTHER_LINK_FILTER);
    captures.set(name, capture);
    capture.listen(({ payload }) => {
      if (payload.kind === 'ipv4' && payload.udp !== undefined) hear(name, payload.udp.payload);
    });
    void capture.ended.then(() => captures.delete(name));
  };
  let turn: Promise<void> = Promise.resolve();
  const settle = async (names: readonly string[]): Promise<void> => {
    for (const name of [...captures.keys()]) if (!names.includes(name)) await close(name);
    for (const name of names) {
      if (captures.has(name)) continue;
      await open(name).catch((error: unknown) => log.warn(`${name}: machines on InfiniBand are not seen: ${messageOf(error)}`));
    }
  };
  const inTurn = (names: readonly string[]): Promise<void> => {
    turn = turn.then(() => settle(names));
    return turn;
  };
  return { listen: (segments) => inTurn(segments.map((one) => one.interface)), stop: () => inTurn([]) };
}
