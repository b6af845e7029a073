import { ReconError } from '../domain/errors.ts';
import { checkTarballFile } from '../report/check-tarball-file.ts';
import { SIGNATURE_NAME, scanTarball, type TarballScan } from '../report/scan-tarball.ts';
import { type OnProgress, progressSteps } from './progress-steps.ts';

export interface SignatureVerdict {
  isGood: boolean;
  /** who signed, or why it does not count; a sentence */
  sentence: string;
}

/** Judges the signature of a manifest; it is over the manifest's bytes as they are in the tarball. */
export type CheckSignature = (manifest: Buffer, signature: Buffer) => SignatureVerdict | Promise<SignatureVerdict>;

export interface VerifyOptions {
  print: (text: string) => void;
  onProgress: OnProgress;
  /** without it a signature is named and not judged */
  checkSignature?: CheckSignature;
  /** a tarball without a signature is a fault */
  mustBeSigned?: boolean;
}

/** More than these nobody reads. */
const SHOWN_FAULTS = 200;

/**
 * Checks every file of a tarball against its manifest, and the manifest against its signature. Prints what it is, or the list of faults.
 * @throws ReconError `tarball-unreadable` when it is no tarball, `tarball-damaged` when something in it is wrong
 */
export async function verifyTarball(path: string, { print, onProgress, checkSignature, mustBeSigned }: VerifyOptions): Promise<void> {
  const totalBytes = await checkTarballFile(path);
  const scan = await scanTarball(path, progressSteps(path, totalBytes, onProgress));
  if (scan.files.size === 0)
    throw new ReconError('tarball-unreadable', `${path} ${scan.faults[0] ?? 'holds no file'}`, { hint: 'copy it from the stick again' });
  const signature = await judgeSignature(scan, checkSignature, mustBeSigned === true);
  const faults = [...scan.faults.map((fault) => `it ${fault}`), ...(signature.isGood ? [] : [signature.sentence])];
  if (faults.length === 0) {
    print(`${path}: good. ${contentWords(scan)} ${signature.sentence}\n`);
    return;
  }
  const more = faults.length > SHOWN_FAULTS ? [`and ${faults.length - SHOWN_FAULTS} more`] : [];
  print([...faults.slice(0, SHOWN_FAULTS), ...more].map((fault) => `${path}: ${fault}\n`).join(''));
  throw new ReconError(
    'tarball-damaged',
    `${path} is not what the master made: ${faults.length === 1 ? '1 fault' : `${faults.length} faults`}`,
    {
      hint: 'Copy it from the stick again. The other commands still read what can be read.',
    },
  );
}

async function judgeSignature(scan: TarballScan, check: CheckSignature | undefined, mustBeSigned: boolean): Promise<SignatureVerdict> {
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
  const { site, createdAt, imageVersion, machines, notes = [] } = manifest;
  const noted = notes.length === 0 ? '' : ` The master noted: ${notes.join('; ')}.`;
  return `${files.size} files, ${machines ?? 'no count of'} machines, site ${site}, made ${createdAt} with Recon ${imageVersion}.${noted}`;
}
