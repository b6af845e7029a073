import { ReconError } from '../domain/errors.ts';
import type { MergedSource } from '../domain/visit-tarball.ts';
import { checkTarballFile } from '../tarball/check-file.ts';
import { SIGNATURE_NAME, scanTarball, type TarballScan } from '../tarball/scan.ts';
import type { SignatureSentence } from '../tarball/signature.ts';
import { type OnProgress, progressSteps } from './progress-steps.ts';

/** Says what the signature of a manifest is worth; it is over the manifest's bytes as they are in the tarball. */
export type CheckSignature = (manifest: Buffer, signature: Buffer) => SignatureSentence | Promise<SignatureSentence>;

export interface VerifyOptions {
  print: (text: string) => void;
  onProgress: OnProgress;
  /** without it a signature is named and not judged */
  checkSignature?: CheckSignature;
  /** a tarball without a signature is a fault */
  mustBeSigned?: boolean;
  /** what to call the tarball; its path when missing */
  name?: string;
}

/** More than these nobody reads. */
const SHOWN_FAULTS = 200;

/**
 * Checks every file of a tarball against its manifest, and the manifest against its signature. Prints what it is, or the list of faults.
 * @throws ReconError `tarball-unreadable` when it is no tarball, `tarball-damaged` when something in it is wrong
 */
export async function verifyTarball(
  path: string,
  { print, onProgress, checkSignature, mustBeSigned, name = path }: VerifyOptions,
): Promise<void> {
  const totalBytes = await checkTarballFile(path);
  const scan = await scanTarball(path, progressSteps(name, totalBytes, onProgress));
  if (scan.files.size === 0)
    throw new ReconError('tarball-unreadable', `${name} ${scan.faults[0] ?? 'holds no file'}`, { hint: 'copy it from the stick again' });
  const signature = await signatureWords(scan, checkSignature, mustBeSigned === true);
  const faults = [...scan.faults.map((fault) => `it ${fault}`), ...(signature.isGood ? [] : [signature.sentence])];
  if (faults.length === 0) {
    print(`${name}: good. ${contentWords(scan)} ${signature.sentence}\n`);
    return;
  }
  const more = faults.length > SHOWN_FAULTS ? [`and ${faults.length - SHOWN_FAULTS} more`] : [];
  print([...faults.slice(0, SHOWN_FAULTS), ...more].map((fault) => `${name}: ${fault}\n`).join(''));
  if (scan.isNewer && faults.length === 1)
    throw new ReconError('tarball-incomplete', `what this Recon knows of ${name} is good`, {
      hint: 'verify it with the Recon that made it',
    });
  throw new ReconError(
    'tarball-damaged',
    `${name} is not what the master made: ${faults.length === 1 ? '1 fault' : `${faults.length} faults`}`,
    {
      hint: 'Copy it from the stick again. The other commands still read what can be read.',
    },
  );
}

async function signatureWords(scan: TarballScan, check: CheckSignature | undefined, mustBeSigned: boolean): Promise<SignatureSentence> {
  const { manifestBytes, signatureBytes, files } = scan;
  if (manifestBytes !== undefined && signatureBytes !== undefined) {
    if (check !== undefined) return check(manifestBytes, signatureBytes);
    return { isGood: !mustBeSigned, sentence: 'It is signed; no key was given to check that with.' };
  }
  if (files.has(SIGNATURE_NAME)) return { isGood: false, sentence: `its ${SIGNATURE_NAME} cannot be checked` };
  return { isGood: !mustBeSigned, sentence: 'It is not signed.' };
}

function contentWords({ manifest, files }: TarballScan): string {
  if (manifest === undefined) return '';
  const { site, createdAt, imageVersion, machines, notes = [], sources = [] } = manifest;
  const noted = notes.length === 0 ? '' : ` Noted when it was made: ${notes.join('; ')}.`;
  return `${files.size} files, ${machines ?? 'no count of'} machines, site ${site}, made ${createdAt} with Recon ${imageVersion}.${noted}${sources.length === 0 ? '' : ` Merged from ${sources.map(sourceWords).join('; ')}.`}`;
}

function sourceWords({ name, machines, code, sha256 }: MergedSource): string {
  return `${name} (${machines} machines, ${code === undefined ? 'not signed' : `code ${code}`}, SHA-256 ${sha256})`;
}
