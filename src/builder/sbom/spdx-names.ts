/** Debian's short names (copyright format 1.0) that SPDX writes otherwise; those that both write alike stand for themselves. */
const SPDX: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['GPL-1', 'GPL-2', 'GPL-3', 'LGPL-2', 'LGPL-3', 'AGPL-3'].flatMap((name) => [
      [name, `${name}.0-only`],
      [`${name}+`, `${name}.0-or-later`],
    ]),
  ),
  ...{ 'LGPL-2.1': 'LGPL-2.1-only', 'LGPL-2.1+': 'LGPL-2.1-or-later', 'GFDL-1.2+': 'GFDL-1.2-or-later', 'GFDL-1.3+': 'GFDL-1.3-or-later' },
  ...{ Expat: 'MIT', 'BSD-2-clause': 'BSD-2-Clause', 'BSD-3-clause': 'BSD-3-Clause', 'BSD-4-clause': 'BSD-4-Clause' },
  ...{ 'Apache-2': 'Apache-2.0', zlib: 'Zlib' },
  ...Object.fromEntries(
    ['Apache-2.0', 'ISC', 'Zlib', 'MPL-2.0', 'CC0-1.0', 'MIT', 'BSD-1-Clause', '0BSD', 'BlueOak-1.0.0', 'Python-2.0', 'Unlicense'].map(
      (name) => [name, name],
    ),
  ),
};
const IDS: ReadonlySet<string> = new Set(Object.values(SPDX));

/** All names that are known, of Debian and of SPDX. */
export const KNOWN_LICENCES: readonly string[] = [...new Set([...Object.keys(SPDX), ...IDS])];

/** The name that SPDX has for a licence; undefined: it is not known here. Pure. */
export function spdxName(name: string): string | undefined {
  return SPDX[name] ?? (IDS.has(name) ? name : undefined);
}
