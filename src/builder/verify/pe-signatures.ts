import { createHash } from 'node:crypto';

/** What is signed in an EFI program, and by whom. */
export interface PeSignatures {
  /** common name of who issued the certificate of each signature */
  issuers: string[];
  /** each signature holds the hash of these very bytes */
  isOfTheseBytes: boolean;
}

// PE format: 32-bit or 64-bit optional header, and the fifth data directory, which points to the certificate table
const PE64_MAGIC = 0x20b;
const CHECKSUM_AT = 64;
const DIRECTORIES_AT = { pe32: 96, pe64: 112 } as const;
const SECURITY_ENTRY = 4;
const PKCS7 = 0x0002;

/**
 * Reads the certificate table of an EFI program (PE format, "The Attribute Certificate Table"). Whether the certificates are genuine is
 * the firmware's to say: this finds the file that lost its signature, has another's, or was changed afterwards.
 */
export function peSignatures(file: Buffer): PeSignatures {
  const none = { issuers: [], isOfTheseBytes: false };
  if (file.length < 0x40 || file.toString('latin1', 0, 2) !== 'MZ') return none;
  const header = file.readUInt32LE(0x3c);
  if (header + 256 > file.length || file.toString('latin1', header, header + 4) !== 'PE\0\0') return none;
  const optional = header + 24;
  const directories = optional + (file.readUInt16LE(optional) === PE64_MAGIC ? DIRECTORIES_AT.pe64 : DIRECTORIES_AT.pe32);
  const entry = directories + SECURITY_ENTRY * 8;
  const [start, size] = [file.readUInt32LE(entry), file.readUInt32LE(entry + 4)];
  if (start === 0 || start + size > file.length) return none;
  const certificates = certificatesIn(file.subarray(start, start + size));
  const hash = createHash('sha256')
    .update(file.subarray(0, optional + CHECKSUM_AT))
    .update(file.subarray(optional + CHECKSUM_AT + 4, entry))
    .update(file.subarray(entry + 8, start))
    .digest();
  return {
    issuers: certificates.flatMap((one) => issuersOf(one)),
    isOfTheseBytes: certificates.length > 0 && certificates.every((one) => one.includes(hash)),
  };
}

/** WIN_CERTIFICATE: length, revision, type, then the signature; each begins at a multiple of eight. */
function certificatesIn(table: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at + 8 <= table.length; ) {
    const length = table.readUInt32LE(at);
    if (length < 8 || at + length > table.length) break;
    if (table.readUInt16LE(at + 6) === PKCS7) found.push(table.subarray(at + 8, at + length));
    at += Math.ceil(length / 8) * 8;
  }
  return found;
}

/** Of a PKCS #7 SignedData (RFC 2315, 9.1) the common names of `issuerAndSerialNumber` of its signers. */
function issuersOf(signature: Buffer): string[] {
  const [contentInfo] = children(signature);
  const [, content] = children(contentInfo?.content);
  const [signedData] = children(content?.content);
  const signers = children(signedData?.content).at(-1);
  return children(signers?.content).flatMap((signer) => {
    const [, issuerAndSerial] = children(signer.content);
    const [issuer] = children(issuerAndSerial?.content);
    const name = children(issuer?.content)
      .flatMap((set) => children(set.content))
      .map((attribute) => children(attribute.content))
      .find(([type]) => type?.content.equals(COMMON_NAME) === true)?.[1];
    return name === undefined ? [] : [name.content.toString('utf8')];
  });
}

/** 2.5.4.3 */
const COMMON_NAME = Buffer.from([0x55, 0x04, 0x03]);

/** The values one after the other in a piece of DER (X.690, 8.1): tag, length, content. What does not fit ends the list. */
function children(bytes: Buffer | undefined): { tag: number; content: Buffer }[] {
  const found: { tag: number; content: Buffer }[] = [];
  for (let at = 0; bytes !== undefined && at + 2 <= bytes.length; ) {
    const tag = bytes[at] ?? 0;
    const first = bytes[at + 1] ?? 0;
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
    if (lengthBytes > 4 || at + 2 + lengthBytes > bytes.length) break;
    const length = lengthBytes === 0 ? (first < 0x80 ? first : 0) : bytes.readUIntBE(at + 2, lengthBytes);
    const start = at + 2 + lengthBytes;
    // padding behind the signature
    if (tag === 0 || start + length > bytes.length) break;
    found.push({ tag, content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return found;
}
