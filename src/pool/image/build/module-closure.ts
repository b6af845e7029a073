/**
 * The modules that `isWanted` takes, and all that they depend on, by the text of modules.dep (depmod(8): `path: path path`). Pure; paths are
 * relative to the folder of the release, sorted.
 */
export function moduleClosure(modulesDep: string, isWanted: (path: string) => boolean): string[] {
  const needs = new Map<string, readonly string[]>();
  for (const line of modulesDep.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0)
      needs.set(
        line.slice(0, colon),
        line
          .slice(colon + 1)
          .split(/\s+/)
          .filter((path) => path !== ''),
      );
  }
  const taken = new Set<string>();
  const take = (path: string): void => {
    if (taken.has(path)) return;
    taken.add(path);
    // modules.dep lists what is needed in full already, and a hand-made one may not
    for (const needed of needs.get(path) ?? []) take(needed);
  };
  for (const path of needs.keys()) if (isWanted(path)) take(path);
  return [...taken].sort();
}

/** modules.alias, modules.symbols or modules.softdep with the lines of these modules only; they name a module by its last word, or its second. Pure. */
export function linesOfModules(text: string, modules: ReadonlySet<string>): string {
  const kept = text.split('\n').filter((line) => {
    const words = line.trim().split(/\s+/);
    const name = words[0] === 'softdep' ? words[1] : words.at(-1);
    return line.startsWith('#') || (name !== undefined && modules.has(plainModuleName(name)));
  });
  return kept.length === 0 ? '' : `${kept.join('\n')}\n`;
}

/** `kernel/drivers/net/virtio_net.ko.xz` and `virtio-net` both are `virtio_net`. */
export function plainModuleName(path: string): string {
  return (path.split('/').at(-1) ?? '').replace(/\.ko(\.[a-z]+)?$/, '').replaceAll('-', '_');
}
