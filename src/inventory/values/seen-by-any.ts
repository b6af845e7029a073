/** How things of two tools are told to be one, and what is made of both. */
export interface SameThing<T> {
  /** keys of a thing, the surest first; two things with one key are one. An undefined key is none */
  keys: readonly ((thing: T) => string | undefined)[];
  /** what a thing is, from what `known` says and what `other` adds */
  join: (known: T, other: T) => T;
}

/**
 * A thing exists if any tool saw it: what is known, joined with what another tool says of the same things, and behind it what only the other tool
 * saw. Each thing of the other tool is one of those that are known at most, by the surest key; a key that several things of one list have tells none.
 */
export function seenByAny<T>(known: readonly T[], others: readonly T[], { keys, join }: SameThing<T>): T[] {
  const joined = [...known];
  const left = new Set(others);
  const taken = new Set<number>();
  for (const key of keys) {
    const places = uniquePlaces(known, key);
    for (const [value, at] of uniquePlaces(others, key)) {
      const [place, other] = [places.get(value), others[at]];
      if (place === undefined || other === undefined || taken.has(place) || !left.has(other)) continue;
      joined[place] = join(joined[place] as T, other);
      taken.add(place);
      left.delete(other);
    }
  }
  return [...joined, ...left];
}

/** Where the one thing of a list is that has a key. */
function uniquePlaces<T>(things: readonly T[], key: (thing: T) => string | undefined): Map<string, number> {
  const places = new Map<string, number>();
  const shared = new Set<string>();
  for (const [at, thing] of things.entries()) {
    const value = key(thing);
    if (value === undefined) continue;
    if (places.has(value)) shared.add(value);
    else places.set(value, at);
  }
  for (const value of shared) places.delete(value);
  return places;
}
