import type { ImagePackage } from '../store/package-list.ts';

/** A bill of materials in CycloneDX 1.5 JSON (ecma-international.org, ECMA-424), with package URLs. The same packages give the same bytes. Pure. */
export function sbomText(image: string, distribution: string, packages: readonly ImagePackage[]): string {
  const type = distribution === 'debian' ? 'deb' : 'rpm';
  const components = packages.map(({ name, version, architecture }) => ({
    type: 'library',
    name,
    version,
    purl: `pkg:${type}/${distribution}/${encodeURIComponent(name)}@${encodeURIComponent(version)}?arch=${architecture}`,
  }));
  const sorted = components.sort((a, b) => (a.purl < b.purl ? -1 : 1));
  const bom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { type: 'operating-system', name: image } },
    components: sorted,
  };
  return `${JSON.stringify(bom, undefined, 1)}\n`;
}
