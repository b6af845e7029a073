/**
 * `multipath -ll`: kernel name of each path → name of its map. Releases up to 0.4.8 put attributes in brackets and draw the tree with
 * backslashes; what this takes is in both.
 */
export function parseMultipath(text: string): Map<string, string> {
  const maps = new Map<string, string>();
  let name: string | undefined;
  for (const line of text.split('\n')) {
    const head = /^(?:[a-z]+: )?([\w.:-]+)(?: ?\([\w.:-]+\))? +dm-\d+\b/.exec(line);
    if (head !== null) name = head[1];
    const path = /^[\s|`\\_+-]+(?:\d+|#):(?:\d+|#):(?:\d+|#):(?:\d+|#) +([\w!-]+) +\d+:\d+\s/.exec(line)?.[1];
    if (path !== undefined && name !== undefined && !maps.has(path)) maps.set(path, name);
  }
  return maps;
}
