/** Numbers that look like chance and are the same for the same seed (mulberry32). */
export interface SeededNumbers {
  /** from 0 up to, and without, 1 */
  next(): number;
  /** a whole number from 0 up to, and without, `limit` */
  below(limit: number): number;
  bytes(count: number): Buffer;
}

export function seededNumbers(...seed: readonly (string | number)[]): SeededNumbers {
  let state = 0x811c9dc5;
  // FNV-1a
  for (const character of seed.join('\n')) state = Math.imul(state ^ character.charCodeAt(0), 0x01000193);
  const word = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const next = (): number => word() / 2 ** 32;
  return {
    next,
    below: (limit) => Math.floor(next() * limit),
    bytes: (count) => {
      const buffer = Buffer.alloc(Math.ceil(count / 4) * 4);
      for (let at = 0; at < buffer.length; at += 4) buffer.writeUInt32LE(word(), at);
      return buffer.subarray(0, count);
    },
  };
}
