/** Numbers that look random and are the same for the same seed (mulberry32). */
export interface SeededRandom {
  /** from 0 to below 1 */
  next: () => number;
  /** true in so many of one */
  chance: (share: number) => boolean;
  pick: <Item>(items: readonly Item[]) => Item;
}

/** The parts of the seed may be words and numbers: a machine's number and what the numbers are for. */
export function seededRandom(...seed: readonly (string | number)[]): SeededRandom {
  let state = 0x811c9dc5;
  // FNV-1a
  for (const character of seed.join('\n')) state = Math.imul(state ^ character.charCodeAt(0), 0x01000193);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    chance: (share) => next() < share,
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
  };
}
