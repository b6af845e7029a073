import { definedOnly } from '../../domain/values/defined-only.ts';

/** A component of a bill of materials, with its package URL (github.com/package-url/purl-spec). */
export interface SbomPart {
  name: string;
  version: string;
  purl: string;
  /** SHA-512 in hexadecimal, where it is known */
  sha512?: string;
  /** SPDX expression, where it is known */
  license?: string;
}

/** Packages of a distribution as components. Pure. */
export function packageParts(
  distribution: string,
  packages: readonly Readonly<Record<'name' | 'version' | 'architecture', string>>[],
): SbomPart[] {
  const type = distribution === 'debian' ? 'deb' : 'rpm';
  return packages.map(({ name, version, architecture }) => ({
    name,
    version,
    purl: `pkg:${type}/${distribution}/${encodeURIComponent(name)}@${encodeURIComponent(version)}?arch=${architecture}`,
  }));
}

/** A bill of materials in CycloneDX 1.5 JSON (ecma-international.org, ECMA-424). The same components give the same bytes. Pure. */
export function sbomText(image: string, parts: readonly SbomPart[]): string {
  const components = parts.map(({ name, version, purl, sha512, license }) => ({
    type: 'library',
    name,
    version,
    ...definedOnly({
      hashes: sha512 === undefined ? undefined : [{ alg: 'SHA-512', content: sha512 }],
      licenses: license === undefined ? undefined : [{ expression: license }],
    }),
    purl,
  }));
  const bom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { type: 'operating-system', name: image } },
    components: components.sort((a, b) => (a.purl < b.purl ? -1 : 1)),
  };
  return `${JSON.stringify(bom, undefined, 1)}\n`;
}
