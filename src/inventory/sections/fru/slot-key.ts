/**
 * What a slot's name means, whoever names it: `CPU 1 DIMM 2` of a BMC and `PROC 1 DIMM 2` of the firmware are one. Letters and numbers in their
 * order, the words that only say what a slot is left out. Undefined of a name without a number or letter of its own.
 */
export function slotKey(name: string | undefined): string | undefined {
  const words = (name ?? '').toLowerCase().replaceAll(/dimm|module|memory|slot|spd|ddr\d?/g, ' ');
  const tokens =
    words
      .match(/[a-z]+|\d+/g)
      ?.map((word) => (/^(proc|processor|cpu|p|node|socket)$/.test(word) ? 'cpu' : word.replace(/^0+(?=\d)/, ''))) ?? [];
  return tokens.some((token) => token !== 'cpu') ? tokens.join(' ') : undefined;
}

/** Things of two lists that have one key, where each has it alone in its list. */
export function pairsByKey<A, B>(
  left: readonly A[],
  right: readonly B[],
  keys: { left: (thing: A) => string | undefined; right: (thing: B) => string | undefined },
): Map<A, B> {
  const [ours, theirs] = [alone(left, keys.left), alone(right, keys.right)];
  return new Map(
    [...ours].flatMap(([key, thing]): [A, B][] => {
      const other = theirs.get(key);
      return other === undefined ? [] : [[thing, other]];
    }),
  );
}

function alone<T>(things: readonly T[], keyOf: (thing: T) => string | undefined): Map<string, T> {
  const found = new Map<string, T>();
  const shared = new Set<string>();
  for (const thing of things) {
    const key = keyOf(thing);
    if (key === undefined) continue;
    if (found.has(key)) shared.add(key);
    found.set(key, thing);
  }
  for (const key of shared) found.delete(key);
  return found;
}
