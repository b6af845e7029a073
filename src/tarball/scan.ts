import { createHash } from 'node:crypto';
import { definedOnly } from '../domain/values/defined-only.ts';
import { visibleTexts } from '../domain/values/visible-text.ts';
import { KNOWN_MANIFEST_VERSION, VisitManifest } from '../domain/visit-tarball.ts';
import { readTarGz, type TarMember } from '../platform/archive/tar-reader.ts';

export const MANIFEST_NAME = 'manifest.json';
/** A signature of the manifest; it cannot be in the manifest itself. */
export const SIGNATURE_NAME = 'manifest.sig';

/** Files that belong to the manifest and are small. */
const KEPT_MAX_BYTES = { [MANIFEST_NAME]: 512 * 1024 ** 2, [SIGNATURE_NAME]: 64 * 1024 } as const;

export interface ScannedFile {
  sizeBytes: number;
  sha256: string;
}

export interface TarballScan {
  /** files that could be read to their end */
  files: ReadonlyMap<string, ScannedFile>;
  manifest: VisitManifest | undefined;
  /** the bytes that a signature is over */
  manifestBytes: Buffer | undefined;
  signatureBytes: Buffer | undefined;
  /** time that the archive's files carry */
  modified: Date | undefined;
  /** made by a newer Recon: there may be more in it than this one knows */
  isNewer: boolean;
  /** what is wrong, each the end of a sentence that starts with the tarball's name */
  faults: string[];
}

/** Reads a whole tarball once, hashes its files and compares them with its manifest. Memory holds their names, and the manifest. */
export async function scanTarball(path: string, onRead?: (bytes: number) => void): Promise<TarballScan> {
  const files = new Map<string, ScannedFile>();
  const kept = new Map<string, Buffer>();
  const faults: string[] = [];
  let modified: Date | undefined;
  for await (const member of readTarGz(path, definedOnly({ onRead }))) {
    if ('fault' in member) {
      faults.push(member.fault);
      continue;
    }
    modified ??= member.modified;
    const file = await hashed(member, kept);
    if (file !== undefined) files.set(member.name, file);
  }
  const manifestBytes = kept.get(MANIFEST_NAME);
  const manifest = readManifest(manifestBytes, faults);
  const isNewer = (manifest?.manifestVersion ?? 0) > KNOWN_MANIFEST_VERSION;
  if (manifest !== undefined) faults.push(...compareWithManifest(manifest, files));
  return { files, manifest, manifestBytes, signatureBytes: kept.get(SIGNATURE_NAME), modified, isNewer, faults };
}

/** Undefined when it breaks off; the reader says why. */
async function hashed({ name, sizeBytes, content }: TarMember, kept: Map<string, Buffer>): Promise<ScannedFile | undefined> {
  const hash = createHash('sha256');
  const pieces: Buffer[] = [];
  const isKept = sizeBytes <= (KEPT_MAX_BYTES[name as keyof typeof KEPT_MAX_BYTES] ?? -1);
  try {
    for await (const piece of content) {
      hash.update(piece);
      if (isKept) pieces.push(piece);
    }
  } catch {
    return undefined;
  }
  if (isKept) kept.set(name, Buffer.concat(pieces));
  return { sizeBytes, sha256: hash.digest('hex') };
}

function readManifest(bytes: Buffer | undefined, faults: string[]): VisitManifest | undefined {
  if (bytes === undefined) {
    faults.push(`has no ${MANIFEST_NAME}, which is its last file: it was cut off, or it is no visit`);
    return undefined;
  }
  let manifest: ReturnType<typeof VisitManifest.safeParse>;
  try {
    manifest = VisitManifest.safeParse(visibleTexts(JSON.parse(bytes.toString('utf8'))));
  } catch {
    faults.push(`has a ${MANIFEST_NAME} that is no JSON`);
    return undefined;
  }
  if (!manifest.success) {
    const [issue] = manifest.error.issues;
    faults.push(`has a ${MANIFEST_NAME} that makes no sense at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? 'unknown'}`);
    return undefined;
  }
  const { manifestVersion } = manifest.data;
  if (manifestVersion > KNOWN_MANIFEST_VERSION)
    faults.push(
      `is of version ${manifestVersion}, newer than this program, which knows ${KNOWN_MANIFEST_VERSION}: only what both know is read; use the recon that made it`,
    );
  return manifest.data;
}

/** Missing, changed and additional files, as ends of sentences. */
function compareWithManifest(manifest: VisitManifest, files: ReadonlyMap<string, ScannedFile>): string[] {
  const faults: string[] = [];
  const listed = new Set<string>([MANIFEST_NAME, SIGNATURE_NAME]);
  for (const { name, sizeBytes, sha256 } of manifest.files) {
    const printable = JSON.stringify(name.slice(0, 200));
    const found = files.get(name);
    listed.add(name);
    if (found === undefined) faults.push(`lacks ${printable}, which its manifest names`);
    else if (found.sizeBytes !== sizeBytes) faults.push(`holds ${printable} of ${found.sizeBytes} bytes instead of ${sizeBytes}`);
    else if (found.sha256 !== sha256) faults.push(`holds ${printable} with other content than its manifest says`);
  }
  for (const name of files.keys()) if (!listed.has(name)) faults.push(`holds ${JSON.stringify(name)}, which its manifest does not name`);
  return faults;
}
