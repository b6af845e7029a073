/** Numbers in [0, 1) that are the same on every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

type Mutation = (bytes: Buffer, random: () => number) => Buffer;

/** What becomes of a tool's output on a bad day. `loses` may take values away, and none of them may bring new ones. */
export const LOSSES: Readonly<Record<string, Mutation>> = {
  empty: () => Buffer.alloc(0),
  truncated: (bytes, random) => bytes.subarray(0, Math.floor(random() * bytes.length)),
  'without some lines': (bytes, random) => lines(bytes, (all) => all.filter(() => random() > 0.1)),
  doubled: (bytes) => Buffer.concat([bytes, bytes]),
  'with CRLF': (bytes) => lines(bytes, (all) => all.map((line) => `${line}\r`)),
};

/** Damage that may change values, but must not make anything throw. */
export const DAMAGES: Readonly<Record<string, Mutation>> = {
  'lines in another order': (bytes, random) => lines(bytes, (all) => shuffled(all, random)),
  'with NUL': (bytes, random) => sprinkled(bytes, random, () => 0),
  'with other bytes': (bytes, random) => sprinkled(bytes, random, () => 128 + Math.floor(random() * 128)),
  'cut at the front': (bytes, random) => bytes.subarray(Math.floor(random() * bytes.length)),
};

function lines(bytes: Buffer, change: (all: string[]) => string[]): Buffer {
  return Buffer.from(change(bytes.toString('latin1').split('\n')).join('\n'), 'latin1');
}

function sprinkled(bytes: Buffer, random: () => number, byte: () => number): Buffer {
  const copy = Buffer.from(bytes);
  for (let count = 0; count < 1 + bytes.length / 100; count++) copy[Math.floor(random() * copy.length)] = byte();
  return copy;
}
