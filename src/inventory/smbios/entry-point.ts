/** Where an SMBIOS table is, and what version it follows. */
export interface SmbiosEntryPoint {
  /** 2.6 is 0x0206 */
  version: number;
  /** physical address, or offset in the file that `dmidecode --dump-bin` wrote */
  tableAddress: number;
  tableBytes: number;
}

/**
 * Reads an SMBIOS entry point, 32 bits (`_SM_`, DSP0134 5.2.1) or 64 bits (`_SM3_`, DSP0134 5.2.2). Undefined when the bytes hold
 * none, or one whose checksum does not come out.
 */
export function readEntryPoint(bytes: Uint8Array): SmbiosEntryPoint | undefined {
  const anchor = String.fromCharCode(...bytes.subarray(0, 5));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (anchor === '_SM3_' && isSound(bytes, 6, 0x18)) {
    const address = view.getBigUint64(0x10, true);
    if (address > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
    return { version: view.getUint16(7), tableAddress: Number(address), tableBytes: view.getUint32(0x0c, true) };
  }
  // version 2.1 of the specification counted one byte too few, and firmware followed it
  if (anchor.startsWith('_SM_') && isSound(bytes, 5, 0x1e)) {
    return {
      version: corrected(view.getUint16(6)),
      tableAddress: view.getUint32(0x18, true),
      tableBytes: view.getUint16(0x16, true),
    };
  }
  return undefined;
}

/** All bytes of the entry point add up to zero. */
function isSound(bytes: Uint8Array, lengthAt: number, leastBytes: number): boolean {
  const length = bytes[lengthAt] ?? 0;
  if (length < leastBytes || length > bytes.length) return false;
  return bytes.subarray(0, length).reduce((sum, byte) => sum + byte, 0) % 256 === 0;
}

/** 2.31 and 2.33 never were: firmware wrote the digits of 2.3.1 and 2.3.3, and 2.51 for 2.6. */
function corrected(version: number): number {
  if (version === 0x021f || version === 0x0221) return 0x0203;
  return version === 0x0233 ? 0x0206 : version;
}
