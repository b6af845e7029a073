import { createHash } from 'node:crypto';

const HEADER = 0x80;
const CODE_END = 0x300;
/** of the certificate table's entry in the data directories of a 64-bit program */
const ENTRY = HEADER + 24 + 112 + 4 * 8;
const CHECKSUM = HEADER + 24 + 64;

/** The smallest EFI program with a certificate table: a signature of each issuer, in the shape that the firmware reads, without a key. */
export function signedProgram(issuers: readonly string[]): Buffer {
  const code = Buffer.alloc(CODE_END, 0x90);
  code.fill(0, 0, 0x200);
  code.write('MZ', 0, 'latin1');
  code.writeUInt32LE(HEADER, 0x3c);
  code.write('PE\0\0', HEADER, 'latin1');
  code.writeUInt16LE(0x20b, HEADER + 24);
  const hash = createHash('sha256')
    .update(code.subarray(0, CHECKSUM))
    .update(code.subarray(CHECKSUM + 4, ENTRY))
    .update(code.subarray(ENTRY + 8))
    .digest();
  const table = Buffer.concat(issuers.map((issuer) => certificate(issuer, hash)));
  if (issuers.length > 0) code.writeUInt32LE(CODE_END, ENTRY);
  code.writeUInt32LE(table.length, ENTRY + 4);
  return Buffer.concat([code, table]);
}

function certificate(issuer: string, hash: Buffer): Buffer {
  const name = der(0x30, der(0x31, der(0x30, der(0x06, Buffer.from([0x55, 4, 3])), der(0x0c, Buffer.from(issuer)))));
  const signer = der(0x30, der(0x02, Buffer.from([1])), der(0x30, name, der(0x02, Buffer.from([7]))));
  const content = der(0x30, der(0x04, hash));
  const signed = der(0x30, der(0x02, Buffer.from([1])), der(0x31), content, der(0x31, signer));
  const signature = der(0x30, der(0x06, Buffer.from([0x2a])), der(0xa0, signed));
  const header = Buffer.alloc(8);
  header.writeUInt32LE(8 + signature.length, 0);
  header.writeUInt16LE(0x0200, 4);
  header.writeUInt16LE(0x0002, 6);
  const length = header.length + signature.length;
  return Buffer.concat([header, signature, Buffer.alloc(Math.ceil(length / 8) * 8 - length)]);
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = content.length < 0x80 ? Buffer.from([content.length]) : Buffer.from([0x82, content.length >> 8, content.length & 0xff]);
  return Buffer.concat([Buffer.from([tag]), length, content]);
}
