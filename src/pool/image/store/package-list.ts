/** One package of an image. */
export interface ImagePackage {
  name: string;
  version: string;
  architecture: string;
}

/** The file `packages` of an image: name, version and architecture, with tabs between, in byte order of the names. Pure. */
export function packagesText(packages: readonly ImagePackage[]): string {
  const lines = packages.map(({ name, version, architecture }) => `${name}\t${version}\t${architecture}\n`);
  return [...new Set(lines)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).join('');
}

/** Reads {@link packagesText}; lines that have not three parts are left out. */
export function parsePackages(text: string): ImagePackage[] {
  return text.split('\n').flatMap((line) => {
    const [name, version, architecture, ...more] = line.split('\t');
    if (name === undefined || name === '' || version === undefined || architecture === undefined || more.length > 0) return [];
    return [{ name, version, architecture }];
  });
}
