import { asText, isObject, parseToolJson } from '../../values/json-value.ts';

/** One resource of a Redfish service (DSP0266 9.6). */
export interface RedfishResource {
  /** without its version: `ComputerSystem`, `Memory`, `Drive` */
  type: string;
  /** `/redfish/v1/Systems/1`; empty where a crawl has left it out */
  path: string;
  body: Record<string, unknown>;
}

/**
 * The resources of a crawl or mockup, in any number of files and however they lie in each other: a folder with one file for each, a list, an object by their paths, or
 * members expanded in place. One that is there several times is taken once, with what all of them say.
 */
export function redfishResources(outputs: readonly (Uint8Array | undefined)[]): RedfishResource[] {
  const found = new Map<string, RedfishResource>();
  for (const [at, output] of outputs.entries()) collect(parseToolJson(output), '', { found, alone: `${at}` });
  return [...found.values()];
}

/** Deeper than any expanded tree. */
const MAX_DEPTH = 64;

function collect(value: unknown, key: string, into: { found: Map<string, RedfishResource>; alone: string; depth?: number }): void {
  const { found, alone, depth = 0 } = into;
  if (depth > MAX_DEPTH) return;
  if (Array.isArray(value))
    for (const [at, item] of value.entries()) collect(item, key, { found, alone: `${alone}/${at}`, depth: depth + 1 });
  if (!isObject(value)) return;
  const type = typeOf(value);
  if (type !== undefined) {
    const given = asText(value['@odata.id']) ?? (key.startsWith('/redfish/') ? key : '');
    const path = given.replace(/\/+$/, '');
    const place = path === '' ? alone : path;
    const known = found.get(place);
    found.set(place, { type, path, body: { ...known?.body, ...value } });
  }
  for (const [name, item] of Object.entries(value)) {
    // links lead to what is a resource of its own, and what makers add has types of their own
    if (name !== 'Links' && name !== 'Oem' && name !== 'Actions')
      collect(item, name, { found, alone: `${alone}/${name}`, depth: depth + 1 });
  }
}

/** `#Memory.v1_7_0.Memory`; older services have `#Memory.1.0.0.Memory`. */
function typeOf(value: Record<string, unknown>): string | undefined {
  return /^#?[A-Za-z]\w*\.(?:[\w.]+\.)?(\w+)$/.exec(asText(value['@odata.type']) ?? '')?.[1];
}

/** Whether something is in its place (DSP0268, Status.State). */
export function isFitted({ body }: RedfishResource): boolean {
  const status = body['Status'];
  const state = isObject(status) ? asText(status['State']) : undefined;
  return state === undefined || !/^(Absent|Disabled|UnavailableOffline)$/i.test(state);
}

/** What a resource with the path lies below: `/redfish/v1/Systems/1/Storage/A` for one of its drives. */
export function isBelow(parent: string, path: string): boolean {
  return parent !== '' && path.startsWith(`${parent}/`);
}
