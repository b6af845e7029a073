import { moduleClosure, plainModuleName } from '../drivers/module-closure.ts';

/** Paths of .ko files, wherever each part has them. */
export interface ModulePlaces {
  root: readonly string[];
  initrd: readonly string[];
  archive: readonly string[];
}

/**
 * Modules that could not be loaded where they are, because what they depend on (modules.dep) is not there. The initrd stands alone; the live system has
 * what the initrd loaded; the archive is read behind an initrd, and unpacked over a root.
 */
export function dependencyFaults(modulesDep: string, { root, initrd, archive }: ModulePlaces): string[] {
  return [
    ...lacking('the initrd', modulesDep, initrd, initrd),
    ...lacking('the root', modulesDep, root, [...root, ...initrd]),
    ...lacking('the archive of rare drivers behind the initrd', modulesDep, archive, [...archive, ...initrd]),
    ...lacking('the archive of rare drivers over the root', modulesDep, archive, [...archive, ...root]),
  ];
}

function lacking(place: string, modulesDep: string, modules: readonly string[], present: readonly string[]): string[] {
  const [wanted, there] = [namesOf(modules), namesOf(present)];
  const needed = moduleClosure(modulesDep, (path) => wanted.has(plainModuleName(path)));
  const missing = needed.map(plainModuleName).filter((name) => !there.has(name));
  return missing.map((name) => `a driver of ${place} needs the module ${name}, which is not there`);
}

function namesOf(paths: readonly string[]): Set<string> {
  return new Set(paths.map(plainModuleName));
}
