import type { LldpNeighbour } from '../../../domain/record/network.ts';
import { decodeText, wholeLines } from '../../../domain/values/text.ts';
import { parseLldpctlJson } from './json.ts';
import { parseLldpctlKeyvalue } from './keyvalue.ts';
import { parseLldpctlXml } from './xml.ts';

/** Neighbours by local interface, from any of lldpctl's formats (json, json0, xml, keyvalue); the text tells which it is. */
export function parseLldpctl(bytes: Uint8Array | undefined): Map<string, LldpNeighbour[]> {
  const text = decodeText(bytes).trimStart();
  return new Map([...readAny(text, bytes)].map(([name, neighbours]) => [name, distinct(neighbours)]));
}

function readAny(text: string, bytes: Uint8Array | undefined): Map<string, LldpNeighbour[]> {
  if (text.startsWith('<')) return parseLldpctlXml(text);
  return /^lldp\./m.test(text) ? parseLldpctlKeyvalue(wholeLines(text)) : parseLldpctlJson(bytes);
}

/** A switch that speaks LLDP and CDP is two neighbours with one content. */
function distinct(neighbours: readonly LldpNeighbour[]): LldpNeighbour[] {
  return [...new Map(neighbours.map((neighbour) => [JSON.stringify(neighbour), neighbour])).values()];
}
