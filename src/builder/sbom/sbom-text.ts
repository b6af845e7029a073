import { definedOnly } from '../../domain/values/defined-only.ts';
import { spdxName } from './spdx-names.ts';

/** A component of a bill of materials. */
export interface SbomPart {
  /** `file`: a program of the boot chain, which no package manager knows under this name; missing: a package */
  type?: 'file';
  name: string;
  version?: string;
  /** package URL (github.com/package-url/purl-spec) */
  purl?: string;
  /** hexadecimal, where they are known */
  sha256?: string;
  sha512?: string;
  /** an SPDX expression or the distribution's own words, where they are known */
  licenses?: readonly string[];
}

/** What a list of packages tells of one. */
export interface ListedPackage {
  name: string;
  version: string;
  architecture: string;
  licenses?: readonly string[];
  sha256?: string;
}

/** Packages of a distribution as components. Pure. */
export function packageParts(distribution: string, packages: readonly ListedPackage[]): SbomPart[] {
  const type = distribution === 'debian' ? 'deb' : 'rpm';
  return packages.map(({ name, version, architecture, licenses, sha256 }) => ({
    name,
    version,
    purl: `pkg:${type}/${distribution}/${encodeURIComponent(name)}@${encodeURIComponent(version)}?arch=${architecture}`,
    ...definedOnly({ licenses, sha256 }),
  }));
}

/** A bill of materials in CycloneDX 1.5 JSON (ecma-international.org, ECMA-424). The same components give the same bytes. Pure. */
export function sbomText(image: string, parts: readonly SbomPart[]): string {
  const sorted = [...parts].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const components = sorted.map(({ type, name, version, purl, sha256, sha512, licenses = [] }) => ({
    type: type ?? 'library',
    'bom-ref': keyOf({ name, ...definedOnly({ purl }) }),
    name,
    ...definedOnly({
      version,
      hashes: sha256 === undefined && sha512 === undefined ? undefined : hashesOf(definedOnly({ sha256, sha512 })),
      licenses: licenses.length === 0 ? undefined : licensesOf(licenses),
      purl,
    }),
  }));
  const bom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { type: 'operating-system', 'bom-ref': image, name: image } },
    components,
  };
  return `${JSON.stringify(bom, undefined, 1)}\n`;
}

function keyOf({ name, purl }: Pick<SbomPart, 'name' | 'purl'>): string {
  return purl ?? `file:${name}`;
}

function hashesOf({ sha256, sha512 }: Pick<SbomPart, 'sha256' | 'sha512'>): { alg: string; content: string }[] {
  return [
    ...(sha256 === undefined ? [] : [{ alg: 'SHA-256', content: sha256 }]),
    ...(sha512 === undefined ? [] : [{ alg: 'SHA-512', content: sha512 }]),
  ];
}

type CycloneLicense = { license: { id: string } | { name: string } } | { expression: string };

/** One expression stands alone; of Debian there is a list of all that is in a package. What SPDX has no name for keeps the distribution's. */
function licensesOf(licenses: readonly string[]): CycloneLicense[] {
  const [only = ''] = licenses;
  if (licenses.length === 1 && spdxName(only) === undefined && / (OR|AND|WITH) /.test(only)) return [{ expression: only }];
  const names = [...new Set(licenses.map((name) => spdxName(name) ?? name))].sort();
  return names.map((name) => ({ license: spdxName(name) === undefined ? { name } : { id: name } }));
}
