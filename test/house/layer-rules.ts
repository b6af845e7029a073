import { COMPUTING, PACKAGE_HOMES, PURE, WINGS, type Wing } from './layers.ts';
import type { Import } from './source-imports.ts';

/** Why an import below src/ is not allowed; undefined for one that is. Pure. */
export function objection({ from, module, isOwn, names }: Import): string | undefined {
  const file = place(from);
  if (file === undefined) return `${from}: its folder is not in the table of layers`;
  if (isOwn) return ownObjection(from, file, module);
  if (module.startsWith('node:')) return builtinObjection(from, file.wing, module, names);
  const homes = PACKAGE_HOMES[packageOf(module)];
  if (homes === undefined) return `${from}: ${module} has no home in the table of packages`;
  return isBelow(homes, from) ? undefined : `${from}: ${module} lives in ${homes.join(', ')}`;
}

/** A file's wing, and the number of its room in it; undefined when the table does not know it. */
export function place(path: string): { wing: Wing; room: number } | undefined {
  const [, name = '', ...rest] = path.split('/');
  const wing = WINGS.find((one) => one.name === name);
  if (wing === undefined) return undefined;
  const rooms = wing.rooms ?? ['.'];
  const alone = rooms.indexOf(rest.join('/'));
  const room = alone >= 0 ? alone : rooms.indexOf(rest.length < 2 ? '.' : rest.slice(0, -1).join('/'));
  return room < 0 ? undefined : { wing, room };
}

function ownObjection(from: string, file: NonNullable<ReturnType<typeof place>>, module: string): string | undefined {
  // the version's only home
  if (from === 'src/main.ts' && module === 'package.json') return undefined;
  if (!module.startsWith('src/')) return `${from}: ${module} is not a source of the program`;
  const target = place(module);
  if (target === undefined) return `${from}: ${module} is not in the table of layers`;
  if (target.wing === file.wing) return target.room <= file.room ? undefined : `${from}: ${module} stands above it in ${file.wing.name}`;
  return isBelow(file.wing.imports, module) ? undefined : `${from}: ${file.wing.name} may not import ${module}`;
}

function builtinObjection(from: string, wing: Wing, module: string, names: readonly string[]): string | undefined {
  if (names.length === 0 || wing.name === 'platform') return undefined;
  const pure = PURE[wing.name];
  if (pure !== undefined) return pure.includes(module) ? undefined : `${from}: ${wing.name} is pure, without ${module}`;
  const allowed = COMPUTING[module] ?? [];
  const others = allowed === 'all' ? [] : names.filter((name) => !allowed.includes(name));
  return others.length === 0 ? undefined : `${from}: ${others.join(', ')} of ${module} belongs to src/platform`;
}

/** Whether a path from the repository's root is one of these files, or in one of these folders, below src/. */
export function isBelow(places: readonly string[], path: string): boolean {
  return places.some((one) => path === `src/${one}` || path.startsWith(`src/${one}/`));
}

function packageOf(module: string): string {
  return module
    .split('/')
    .slice(0, module.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Files that import each other in a circle, as paths from one to itself; type-only imports count. Pure. */
export function circles(imports: readonly Pick<Import, 'from' | 'module' | 'isOwn'>[]): string[] {
  const targets = Map.groupBy(
    imports.filter(({ isOwn }) => isOwn),
    ({ from }) => from,
  );
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (file: string, way: readonly string[]): void => {
    const at = way.indexOf(file);
    if (at >= 0) found.push([...way.slice(at), file].join(' → '));
    if (at >= 0 || done.has(file)) return;
    for (const { module } of targets.get(file) ?? []) walk(module, [...way, file]);
    done.add(file);
  };
  for (const file of targets.keys()) walk(file, []);
  return found;
}
