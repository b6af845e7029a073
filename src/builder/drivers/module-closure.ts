/**
 * The modules that `isWanted` takes, and all that they depend on, by the text of modules.dep (depmod(8): `path: path path`). Pure; paths are
 * relative to the folder of the release, sorted.
 */
export function moduleClosure(modulesDep: string, isWanted: (path: string) => boolean): string[] {
  const needs = parseModulesDep(modulesDep);
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

/**
 * The modules that stay when some are not wanted. What `isVital` takes stays with all that it needs, wherever that lies: cards of servers need
 * modules of odd folders (sfc: mtd, ice: gnss). Of the others those go, too, that need one which went: nothing could load them. Pure, sorted.
 */
export function keptModules(
  modulesDep: string,
  { isUnwanted, isVital }: Record<'isUnwanted' | 'isVital', (path: string) => boolean>,
): string[] {
  const needs = parseModulesDep(modulesDep);
  const vital = new Set(moduleClosure(modulesDep, isVital));
  const stays = (path: string): boolean => vital.has(path) || !isUnwanted(path);
  return [...needs].flatMap(([path, needed]) => (vital.has(path) || [path, ...needed].every(stays) ? [path] : [])).sort();
}

/** depmod(8) lists all that a module needs in its line, not only what it needs itself. */
function parseModulesDep(text: string): Map<string, readonly string[]> {
  const lines = text.split('\n').map((line) => /^([^:]+):(.*)$/.exec(line));
  return new Map(
    lines.flatMap((line) => (line === null ? [] : [[line[1] ?? '', (line[2] ?? '').split(/\s+/).filter((path) => path !== '')]])),
  );
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
