import { startChild } from '../process/child.ts';

/** A running packet capture on one interface. */
export interface Sniffer {
  /** settles when it ended, by itself or by `stop`, with the reason in words */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

export interface SnifferOptions {
  interface: string;
  /** pcap-filter(7) expression; empty: everything */
  filter: string;
  /** the capture as a pcap stream, in pieces of any size; its header comes as soon as the capture runs */
  onBytes: (bytes: Uint8Array) => void;
}

/** Longest Ethernet frame that is kept whole: 1500 bytes of payload, header and two VLAN tags. */
const SNAP_LENGTH_BYTES = 1522;

/**
 * Captures Ethernet frames in both directions, as they pass. Node has no packet sockets, tcpdump has: it sets the interface
 * promiscuous and puts back VLAN tags that the network card has taken off.
 */
export function startSniffer(options: SnifferOptions): Sniffer {
  let lastLine = '';
  const child = startChild(
    [
      'tcpdump',
      ...['-i', options.interface, '-n', '-U', '--immediate-mode', '-s', String(SNAP_LENGTH_BYTES), '-w', '-'],
      ...(options.filter === '' ? [] : [options.filter]),
    ],
    {
      onBytes: options.onBytes,
      onLine: (line) => {
        if (line.trim() !== '') lastLine = line.trim();
      },
    },
  );
  const ended = child.exited.then(({ exitCode, signal }) => {
    if (child.pid === undefined) return 'tcpdump could not be started';
    return `tcpdump on ${options.interface} ended (${signal ?? `exit code ${exitCode}`})${lastLine === '' ? '' : `: ${lastLine}`}`;
  });
  return { ended, stop: async () => void (await child.stop()) };
}
