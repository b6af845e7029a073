/** What `readelf --dynamic --wide` says of one file: the names of libraries that it is linked with. */
export interface LinkedFile {
  path: string;
  needs: readonly string[];
}

/** Reads the output of `readelf --dynamic --wide FILE FILE…`, which says `File:` before each when there are several. Pure. */
export function parseReadelf(text: string): LinkedFile[] {
  return text
    .split(/^File: /m)
    .slice(1)
    .map((part) => ({
      path: part.slice(0, part.indexOf('\n')).trim(),
      needs: [...part.matchAll(/\(NEEDED\)\s+Shared library: \[([^\]]+)\]/g)].map((match) => match[1] ?? ''),
    }));
}

/** glibc's own, and the run time of C++: programs that an operator brings (docs/boot.md, tools of vendors) are linked with them. */
const OF_EVERYBODY = /^(lib(c|dl|m|pthread|rt|util|resolv|anl)\.so|libstdc\+\+\.so|ld-linux)/;

/**
 * Libraries that are loaded while a program runs, and that no program is linked with: glibc's for names and for the end of threads, systemd's for kernel
 * modules, packed journals, passwords and packet filters (the notes `.note.dlopen` of its programs).
 */
const LOADED_LATER =
  /^(libnss_|libgcc_s\.so|libkmod\.so|libzstd\.so|liblzma\.so|liblz4\.so|libcrypt\.so|libseccomp\.so|libbpf\.so|libmount\.so|libblkid\.so|libpam)/;

/**
 * The libraries that nobody needs: neither a program that stays nor a library that is needed, in the end. `names` gives for each library all that
 * it may be asked for by (itself and the links to it). Pure.
 */
export function unneededLibraries(files: readonly LinkedFile[], libraries: ReadonlyMap<string, readonly string[]>): string[] {
  const byName = new Map([...libraries].flatMap(([path, names]) => names.map((name) => [name, path] as const)));
  const needsOf = new Map(files.map(({ path, needs }) => [path, needs]));
  const needed = new Set<string>();
  const take = (path: string): void => {
    if (needed.has(path)) return;
    needed.add(path);
    for (const name of needsOf.get(path) ?? []) {
      const library = byName.get(name);
      if (library !== undefined) take(library);
    }
  };
  for (const { path } of files) if (!libraries.has(path)) take(path);
  for (const [path, names] of libraries) if (names.some((name) => LOADED_LATER.test(name) || OF_EVERYBODY.test(name))) take(path);
  return [...libraries.keys()].filter((path) => !needed.has(path)).sort();
}
