import { cleanValue } from '../../domain/values/text.ts';

/** One path to a LUN as `multipath -ll` prints it. */
export interface MultipathPath {
  /** kernel name */
  name: string;
  /** name of the map that it is a path of */
  map: string;
  hctl: string | undefined;
  vendor: string | undefined;
  model: string | undefined;
  /** of the map, rounded: `1.8T` */
  sizeText: string | undefined;
}

/**
 * Paths of `multipath -ll` by kernel name. Releases up to 0.4.8 put attributes in brackets and draw the tree with backslashes; what this takes is
 * in both. A line that begins a map and is not understood ends the one before: its paths are of no map that is known.
 */
export function parseMultipath(text: string): Map<string, MultipathPath> {
  const paths = new Map<string, MultipathPath>();
  let map: Omit<MultipathPath, 'name' | 'hctl'> | undefined;
  for (const line of text.split('\n')) {
    const size = /^\[?size=([\d.]+ ?[kMGTPE])(?:iB|B)?\b/i.exec(line)?.[1];
    if (size !== undefined && map !== undefined) map.sizeText = size;
    if (isHeading(line)) map = readHeading(line);
    const [, hctl, name] = /^[\s|`\\_+-]+((?:\d+|#):(?:\d+|#):(?:\d+|#):(?:\d+|#)) +([a-z][\w!-]*) +\d+:\d+\s/.exec(line) ?? [];
    if (name === undefined || map === undefined || paths.has(name)) continue;
    paths.set(name, { name, ...map, hctl: hctl?.includes('#') ? undefined : hctl });
  }
  return paths;
}

/** Everything else is indented, drawn, or an attribute of the map. */
function isHeading(line: string): boolean {
  return /^[\p{L}\d]/u.test(line) && !/^(size|features|hwhandler|wp)=/.test(line);
}

/** `mpatha (3600…) dm-0 VENDOR,MODEL`; an alias may hold blanks, and `create: ` stands before it when the map is being made. */
function readHeading(line: string): Omit<MultipathPath, 'name' | 'hctl'> | undefined {
  const [, name, vendor, model] = /^(?:[a-z]+: )?(\S.*?)(?: ?\([\w.:-]+\))? +dm-\d+\b *([^,]*),?(.*)$/.exec(line) ?? [];
  if (name === undefined) return undefined;
  return { map: name, vendor: cleanValue(vendor), model: cleanValue(model), sizeText: undefined };
}
