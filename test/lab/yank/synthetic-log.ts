/** A request as the test writes it down. */
export type SyntheticRequest = { sector: number; data: Buffer } | { flag: 'flush' } | { flag: 'discard'; sector: number; sectors: number };

/** A log as QEMU's blklogwrites writes it: a head of one sector, then for each request a sector and its data. */
export function logOf(requests: readonly SyntheticRequest[]): Buffer {
  const head = Buffer.alloc(512);
  head.writeBigUInt64LE(0x6a736677736872n, 0);
  head.writeBigUInt64LE(1n, 8);
  head.writeBigUInt64LE(BigInt(requests.length), 16);
  head.writeUInt32LE(512, 24);
  const parts = requests.flatMap((request) => {
    const entry = Buffer.alloc(512);
    const data = 'data' in request ? request.data : Buffer.alloc(0);
    entry.writeBigUInt64LE(BigInt('sector' in request ? request.sector : 0), 0);
    entry.writeBigUInt64LE(BigInt('sectors' in request ? request.sectors : data.length / 512), 8);
    entry.writeBigUInt64LE('flag' in request ? (request.flag === 'flush' ? 1n : 4n) : 0n, 16);
    return [entry, data];
  });
  return Buffer.concat([head, ...parts]);
}
