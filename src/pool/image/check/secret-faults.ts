import { basename, join } from 'node:path';
import { readOrUndefined } from '../../../platform/files/files.ts';
import type { ImageFault } from './image-fault.ts';
import type { TreeEntry } from './tree-entries.ts';

/** Where people put things; /usr is what packages bring, and its tests and manuals have keys that open nothing. */
const PLACES = /^(etc|root|home|srv|opt|var|usr\/local)\//;
const LARGEST_BYTES = 256 * 1024;

const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/^\.netrc$|^_netrc$/, 'passwords for other servers'],
  [/^\.git-credentials$/, 'passwords of git'],
  [/^\.pgpass$/, 'passwords of PostgreSQL'],
  [/\.keytab$/, 'a Kerberos key'],
];
const BY_CONTENT: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----/, 'a private key'],
  [/\bAGE-SECRET-KEY-1[0-9A-Z]{50,}/, 'a private key of age'],
  [/\b(AKIA|ASIA)[0-9A-Z]{16}\b/, 'an access key of a cloud'],
  [/\b(ghp|gho|ghs|github_pat|glpat)[_-][A-Za-z0-9_]{20,}/, 'a token of a code hosting service'],
  [/\bxox[abpr]-[0-9A-Za-z-]{10,}/, 'a token of a chat'],
  [/"auth"\s*:\s*"[A-Za-z0-9+/=]{8,}"/, 'a password of a container registry'],
  [/\b_authToken\s*=\s*\S{8,}/, 'a token of a package registry'],
];

/** Secrets in an image: every user of every machine that boots it can read them, and everybody on the network can fetch it. */
export async function secretFaults(root: string, entries: readonly TreeEntry[]): Promise<ImageFault[]> {
  const faults: ImageFault[] = [];
  for (const { path, sizeBytes } of entries) {
    // those are told apart: their cure is another
    if (!PLACES.test(path) || /^etc\/ssh\/ssh_host_/.test(path)) continue;
    const what =
      BY_NAME.find(([name]) => name.test(basename(path)))?.[1] ??
      (sizeBytes > LARGEST_BYTES ? undefined : await secretIn(join(root, path)));
    if (what === undefined) continue;
    faults.push({
      code: 'secret',
      message: `/${path} holds ${what}: whoever can fetch the image has it`,
      hint: 'take it out of the image; what a machine needs reaches it in config.tar (docs/images.md, "Secrets")',
    });
  }
  return faults;
}

async function secretIn(path: string): Promise<string | undefined> {
  const text = (await readOrUndefined(path))?.toString('latin1') ?? '';
  return BY_CONTENT.find(([pattern]) => pattern.test(text))?.[1];
}
