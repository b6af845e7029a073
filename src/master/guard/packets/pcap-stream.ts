import { ReconError } from '../../../domain/errors.ts';

const FILE_HEADER_BYTES = 24;
const PACKET_HEADER_BYTES = 16;
const ETHERNET = 1;
/** No packet is longer (libpcap's own limit); more means that we lost the thread. */
const MAX_PACKET_BYTES = 262_144;

/** The first four bytes of a pcap file, read as little endian: byte order of the rest, for microseconds and nanoseconds. */
const MAGICS = new Map([
  [0xa1b2c3d4, true],
  [0xa1b23c4d, true],
  [0xd4c3b2a1, false],
  [0x4d3cb2a1, false],
]);

export interface PcapCallbacks {
  /** the header was read: the capture runs */
  onHeader: () => void;
  /** one captured frame, as far as it was kept */
  onPacket: (frame: Uint8Array) => void;
}

/**
 * Makes a function that takes a pcap stream (draft-ietf-opsawg-pcap) in pieces of any size and calls back per packet.
 * @throws ReconError `command-failed`, from that function, when it is no pcap, not of Ethernet, or broken
 */
export function pcapParser(callbacks: PcapCallbacks): (chunk: Uint8Array) => void {
  let rest: Buffer = Buffer.alloc(0);
  let littleEndian: boolean | undefined;
  return (chunk) => {
    rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
    if (littleEndian === undefined) {
      if (rest.length < FILE_HEADER_BYTES) return;
      littleEndian = readFileHeader(rest);
      rest = rest.subarray(FILE_HEADER_BYTES);
      callbacks.onHeader();
    }
    while (rest.length >= PACKET_HEADER_BYTES) {
      const lengthBytes = readWord(rest, 8, littleEndian);
      if (lengthBytes > MAX_PACKET_BYTES) throw broken(`a packet of ${lengthBytes} bytes`);
      if (rest.length < PACKET_HEADER_BYTES + lengthBytes) return;
      callbacks.onPacket(rest.subarray(PACKET_HEADER_BYTES, PACKET_HEADER_BYTES + lengthBytes));
      rest = rest.subarray(PACKET_HEADER_BYTES + lengthBytes);
    }
  };
}

function readFileHeader(bytes: Buffer): boolean {
  const littleEndian = MAGICS.get(bytes.readUInt32LE(0));
  if (littleEndian === undefined) throw broken('it does not begin with a pcap header');
  // The upper bits of the link type say whether frames end with their checksum.
  const linkType = readWord(bytes, 20, littleEndian) & 0x03ff_ffff;
  if (linkType !== ETHERNET) throw broken(`its link type ${linkType} is not Ethernet`);
  return littleEndian;
}

function readWord(bytes: Buffer, at: number, littleEndian: boolean): number {
  return littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
}

function broken(what: string): ReconError {
  return new ReconError('command-failed', `the packet capture cannot be read: ${what}`);
}
