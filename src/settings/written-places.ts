import { type Document, isMap, isNode, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';

export interface WrittenPlace {
  /** of the last key of the path, or of what is nearest above it */
  offset: number;
  /** whether all of the path was written */
  isWhole: boolean;
}

/** Where things stand in a file. A map's keys are put into an index once: a long list is asked for each of its lines. */
export function placesIn(document: Pick<Document, 'contents'>): (path: readonly PropertyKey[]) => WrittenPlace {
  const indexes = new Map<YAMLMap, ReadonlyMap<string, Pair>>();
  const pairOf = (map: YAMLMap, key: PropertyKey): Pair | undefined => {
    let index = indexes.get(map);
    if (index === undefined) {
      index = new Map(map.items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair]] : [])));
      indexes.set(map, index);
    }
    return index.get(String(key));
  };
  return (path) => {
    let [node, offset]: [unknown, number] = [document.contents, 0];
    for (const part of path) {
      const pair = isMap(node) ? pairOf(node, part) : undefined;
      const below = isSeq(node) ? node.items[Number(part)] : pair?.value;
      const named = pair?.key ?? below;
      if (!isNode(named)) return { offset, isWhole: false };
      offset = named.range?.[0] ?? offset;
      node = below;
    }
    return { offset, isWhole: true };
  };
}
