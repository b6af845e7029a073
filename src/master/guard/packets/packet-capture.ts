import { ReconError } from '../../../domain/errors.ts';
import type { MacAddress } from '../../../domain/values/mac.ts';
import { messageOf } from '../../../domain/values/message-of.ts';
import { startSniffer } from '../../../platform/network/packets-sniff.ts';
import { decodeFrame, type Frame } from './frame.ts';
import { pcapParser } from './pcap-stream.ts';

/** The frames of one interface, as they pass. */
export interface PacketCapture extends AsyncDisposable {
  /** Frames go to this function from now on, and to no other. Without one they wait for the next, so that none is missed. */
  listen(listener: ((frame: Frame) => void) | undefined): void;
  /** settles when the capture has ended, with the reason in words: from then on we are blind here */
  readonly ended: Promise<string>;
}

/** tcpdump is read from the medium when it is started first: a CD behind a BMC, or a machine that is still busy with its own start, takes over 5 s for it. */
const START_TIMEOUT_MS = 30_000;
const MAX_WAITING = 10_000;

/**
 * Begins to listen on an interface that is up.
 * @throws ReconError `command-failed` when the capture does not run within 30 s
 */
export async function openPacketCapture(interfaceName: string, filter: string): Promise<PacketCapture> {
  let listener: ((frame: Frame) => void) | undefined;
  let waiting: Frame[] = [];
  const started = Promise.withResolvers<void>();
  const failed = Promise.withResolvers<string>();
  const parse = pcapParser({
    onHeader: () => started.resolve(),
    onPacket: (bytes) => {
      const frame = decodeFrame(bytes);
      if (frame === undefined) return;
      if (listener !== undefined) listener(frame);
      else if (waiting.length < MAX_WAITING) waiting.push(frame);
    },
  });
  const sniffer = startSniffer({
    interface: interfaceName,
    filter,
    onBytes: (bytes) => {
      try {
        parse(bytes);
      } catch (error) {
        failed.resolve(messageOf(error));
      }
    },
  });
  const ended = Promise.race([sniffer.ended, failed.promise]);
  const timer = setTimeout(
    () => failed.resolve(`tcpdump on ${interfaceName} did not start within ${START_TIMEOUT_MS / 1000} s`),
    START_TIMEOUT_MS,
  );
  const reason = await Promise.race([started.promise, ended]);
  clearTimeout(timer);
  if (reason !== undefined) {
    await sniffer.stop();
    throw new ReconError('command-failed', reason);
  }
  return {
    listen: (next) => {
      listener = next;
      if (next === undefined) return;
      const late = waiting;
      waiting = [];
      for (const frame of late) next(frame);
    },
    ended,
    [Symbol.asyncDispose]: sniffer.stop,
  };
}

/**
 * The filter (pcap-filter(7)) that keeps bulk traffic away from us while we serve: not what we send, and of what machines of our
 * own subnets send to us nothing but DHCP. What they say to everybody is heard: another network may have the same addresses. `vlan` comes last because it shifts the offsets of what follows it.
 */
export function captureFilter(ownMac: MacAddress | undefined, ownSubnets: readonly string[]): string {
  const fromOthers = ownMac === undefined ? [] : [`not ether src ${ownMac}`];
  const own = ownSubnets.map((subnet) => `${subnet.includes(':') ? 'ip6' : 'ip'} src net ${subnet}`);
  const toUs = ownMac === undefined ? '' : ` and ether dst ${ownMac}`;
  const interesting =
    own.length === 0 ? [] : [`(not ((${own.join(' or ')})${toUs}) or udp port 67 or udp port 68 or udp port 4011 or udp port 546 or vlan)`];
  return [...fromOthers, ...interesting].join(' and ');
}
