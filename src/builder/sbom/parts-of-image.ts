import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Recipe } from '../../domain/recipe.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { namesIn } from '../../platform/files/directories.ts';
import { readOrUndefined } from '../../platform/files/files.ts';
import { hashImage } from '../../platform/machine/disk-image-file.ts';
import type { EfiFiles } from '../image/efi-partition.ts';
import { LOADERS_IN_IMAGE, modulesFolder } from '../image/prepared-root.ts';
import { type ListedPackage, packageParts, type SbomPart } from './sbom-text.ts';

export interface ImagePartsInput {
  recipe: Pick<Recipe, 'family' | 'loaders'>;
  /** KIWI's list */
  packages: string;
  /** the prepared root, which has {@link LICENCES} */
  root: string;
  /** KIWI's own, with the archives of the packages */
  cacheDirectory: string;
  kernel: string;
  /** of the stick's EFI partition */
  signed: EfiFiles;
}

/** A package's name and what its copyright file (copyright format 1.0) names, with bars between: made by trim-image, before it removes those. */
const LICENCES = 'usr/share/doc/recon/licences';

/** What an image is made of besides our program, for its bill of materials: packages, kernel and loaders. */
export async function partsOfImage(input: ImagePartsInput): Promise<SbomPart[]> {
  const { recipe, packages, root, cacheDirectory, kernel, signed } = input;
  const text = async (path: string): Promise<string> => (await readOrUndefined(path))?.toString('utf8') ?? '';
  const licences = licenceList(await text(join(root, LICENCES)));
  const archives = await archivesIn(cacheDirectory);
  const listed: ListedPackage[] = [];
  for (const one of kiwiPackageList(await text(packages))) {
    const archive = archives.get(archiveName(one));
    const sha256 = archive === undefined ? undefined : await hashImage(archive);
    listed.push({ ...one, ...definedOnly({ licenses: one.licenses ?? licences.get(one.name), sha256 }) });
  }
  const [release = ''] = await namesIn(await modulesFolder(root));
  const served = (await namesIn(join(root, LOADERS_IN_IMAGE))).filter((name) => Object.hasOwn(recipe.loaders, name));
  const loaders = [...signed, ...served.map((name) => [`${LOADERS_IN_IMAGE}/${name}`, join(root, LOADERS_IN_IMAGE, name)] as const)];
  const files: SbomPart[] = [{ type: 'file', name: 'linux', version: release, sha256: await hashImage(kernel) }];
  for (const [name, path] of loaders) files.push({ type: 'file', name, sha256: await hashImage(path) });
  return [...packageParts(recipe.family === 'debian' ? 'debian' : 'opensuse', listed), ...files];
}

/** KIWI's `.packages`: name, epoch, version, release, architecture, origin, licence, with bars between; `None` stands for what there is not. Pure. */
export function kiwiPackageList(text: string): ListedPackage[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', epoch = '', version = '', release = '', architecture = '', , license = ''] = line
      .split('|')
      .map((word) => (/^(None|\(none\))$/.test(word) ? '' : word));
    if (name === '' || version === '') return [];
    const whole = `${epoch === '' ? '' : `${epoch}:`}${version}${release === '' ? '' : `-${release}`}`;
    return [{ name, version: whole, architecture, ...definedOnly({ licenses: license === '' ? undefined : [license] }) }];
  });
}

/** Pure. */
export function licenceList(text: string): Map<string, string[]> {
  const lines = text.split('\n').map((line) => line.split('\t'));
  return new Map(lines.flatMap(([name = '', words = '']) => (words === '' ? [] : [[name, words.split('|')] as const])));
}

/** Name → path of what apt fetched. Of Leap none is found: a package manager for RPMs keeps them elsewhere, and under other names. */
async function archivesIn(cacheDirectory: string): Promise<Map<string, string>> {
  const directory = join(cacheDirectory, 'apt-get', 'archives');
  const names = await readdir(directory).catch(() => []);
  return new Map(names.map((name) => [name, join(directory, name)]));
}

/** apt keeps what it fetched under name, version with `%3a` for a colon, and architecture. */
function archiveName({ name, version, architecture }: ListedPackage): string {
  return `${name}_${version.replaceAll(':', '%3a')}_${architecture}.deb`;
}
