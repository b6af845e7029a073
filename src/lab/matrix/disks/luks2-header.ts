import { createHash } from 'node:crypto';

const HEADER_BYTES = 16 * 1024;
const BINARY_BYTES = 4096;
const CHECKSUM = { offset: 448, size: 64 } as const;
/** Where the encrypted bytes begin. */
const DATA_OFFSET = 16 * 1024 * 1024;

/**
 * The first 32 KiB of a LUKS2 device: both copies of the header, with a segment and no key slot. Written by hand because cryptsetup wants
 * the host's device mapper. Layout: LUKS2 On-Disk Format Specification 1.1, sections 2.1 and 3.
 */
export function luks2Header(uuid: string): Buffer {
  const metadata = {
    keyslots: {},
    tokens: {},
    segments: {
      0: { type: 'crypt', offset: `${DATA_OFFSET}`, size: 'dynamic', iv_tweak: '0', encryption: 'aes-xts-plain64', sector_size: 512 },
    },
    digests: {},
    config: { json_size: `${HEADER_BYTES - BINARY_BYTES}`, keyslots_size: `${DATA_OFFSET - 2 * HEADER_BYTES}` },
  };
  const text = JSON.stringify(metadata);
  return Buffer.concat([
    copy({ magic: 'LUKS\xba\xbe', offset: 0, uuid, salt: 0x11 }, text),
    copy({ magic: 'SKUL\xba\xbe', offset: HEADER_BYTES, uuid, salt: 0x22 }, text),
  ]);
}

function copy({ magic, offset, uuid, salt }: { magic: string; offset: number; uuid: string; salt: number }, text: string): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(magic, 0, 'latin1');
  header.writeUInt16BE(2, 6);
  header.writeBigUInt64BE(BigInt(HEADER_BYTES), 8);
  header.writeBigUInt64BE(1n, 16);
  header.write('rehearsal', 24, 'latin1');
  header.write('sha256', 72, 'latin1');
  header.fill(salt, 104, 168);
  header.write(uuid, 168, 'latin1');
  header.writeBigUInt64BE(BigInt(offset), 256);
  header.write(text, BINARY_BYTES, 'utf8');
  // over the whole header with the place of the checksum as zeros
  createHash('sha256').update(header).digest().copy(header, CHECKSUM.offset);
  return header;
}
