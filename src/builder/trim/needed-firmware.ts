import { dirname, join } from 'node:path';

/** A file below a firmware folder; `target`: it is a link to that one. */
export interface FirmwareFile {
  path: string;
  target?: string;
}

/**
 * Of the files below a firmware folder those that these names ask for (modinfo(8), field `firmware`; patterns with `*` among them), packed ones too,
 * and what links among them lead to. Pure.
 */
export function neededFirmware(files: readonly FirmwareFile[], names: readonly string[]): Set<string> {
  const plain = new Set(names.filter((name) => !name.includes('*')));
  const patterns = names.filter((name) => name.includes('*')).map(patternOf);
  const targets = new Map(files.map(({ path, target }) => [path, target]));
  const needed = new Set<string>();
  const take = (path: string): void => {
    if (needed.has(path)) return;
    needed.add(path);
    const target = targets.get(path);
    if (target !== undefined) take(join(dirname(path), target));
  };
  for (const { path } of files) {
    const name = path.replace(/\.(xz|zst)$/, '');
    if (plain.has(name) || patterns.some((pattern) => pattern.test(name))) take(path);
  }
  return needed;
}

function patternOf(name: string): RegExp {
  return new RegExp(`^${name.replaceAll(/[.+?^$()|[\]{}\\]/g, '\\$&').replaceAll('*', '[^/]*')}$`);
}
