import { ReconError } from '../domain/errors.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { plainJson } from '../domain/values/plain-json.ts';
import { visitStartWords } from '../domain/visit/words-of-visits.ts';
import type { MergedSource } from '../domain/visit-tarball.ts';
import { checkTarballFile } from '../tarball/check-file.ts';
import { SIGNATURE_NAME, scanTarball, type TarballScan } from '../tarball/scan.ts';
import { readCode, type SignatureSentence } from '../tarball/signature.ts';
import { type OnProgress, progressSteps } from './progress-steps.ts';

/** Says what the signature of a manifest is worth; it is over the manifest's bytes as they are in the tarball. */
export type CheckSignature = (manifest: Buffer, signature: Buffer) => SignatureSentence;

export interface VerifyOptions {
  print: (text: string) => void;
  /** one JSON object instead of words: its outcome, every fault, and what the manifest says */
  json?: boolean;
  onProgress: OnProgress;
  checkSignature: CheckSignature;
  /** what the master's screen showed: then the tarball must be signed, by the key of this code */
  code?: string;
  /** what to call the tarball; its path when missing */
  name?: string;
}

/** More than these nobody reads. */
const SHOWN_FAULTS = 200;

/**
 * Checks every file of a tarball against its manifest, and the manifest against its signature. Prints what it is, or the list of faults.
 * @throws ReconError `usage` when the code is none, `tarball-unreadable` when it is no tarball, `tarball-damaged` when something in it is wrong or
 * its signature or code does not fit, `tarball-unsigned` when all is well but nobody signed it
 */
export async function verifyTarball(
  path: string,
  { print, json = false, onProgress, checkSignature, code: typed, name = path }: VerifyOptions,
): Promise<void> {
  const code = wantedCode(typed);
  const totalBytes = await checkTarballFile(path);
  const scan = await scanTarball(path, progressSteps(name, totalBytes, onProgress));
  if (scan.files.size === 0)
    throw new ReconError('tarball-unreadable', `${name} ${scan.faults[0] ?? 'holds no file'}`, { hint: 'copy it from the stick again' });
  const signature = signatureWords(scan, checkSignature, code);
  const faults = [...scan.faults.map((fault) => `it ${fault}`), ...(signature.outcome === 'wrong' ? [signature.sentence] : [])];
  const isSigned = signature.outcome === 'good';
  const outcome = faults.length > 0 ? 'damaged' : isSigned ? 'good' : 'unsigned';
  if (json)
    print(`${plainJson({ name, outcome, faults, signature: signature.sentence, files: scan.files.size, ...manifestFacts(scan) }, 2)}\n`);
  if (faults.length > 0) refuse(name, faults, scan.isNewer, json ? () => {} : print);
  if (!json) print(`${name}: ${isSigned ? 'good' : 'whole, but unsigned'}. ${contentWords(scan)} ${signature.sentence}\n`);
  if (isSigned) return;
  throw new ReconError('tarball-unsigned', `${name} is not signed: who made it, and whether it was changed since, nobody can say`, {
    hint: 'Tarballs of the first version are not signed, nor are merged, shared and recovered ones: verify what those were made of.',
  });
}

function refuse(name: string, faults: readonly string[], isNewer: boolean, print: (text: string) => void): never {
  const more = faults.length > SHOWN_FAULTS ? [`and ${faults.length - SHOWN_FAULTS} more`] : [];
  print([...faults.slice(0, SHOWN_FAULTS), ...more].map((fault) => `${name}: ${fault}\n`).join(''));
  if (isNewer && faults.length === 1)
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

function wantedCode(typed: string | undefined): string | undefined {
  if (typed === undefined) return undefined;
  const code = readCode(typed);
  if (code === undefined)
    throw new ReconError('usage', `${typed} is no code of a visit`, {
      hint: 'ten letters and digits, as the screen showed it: K7M2Q-9XWZ4',
    });
  return code;
}

interface SignatureWords {
  outcome: 'good' | 'unsigned' | 'wrong';
  sentence: string;
}

function signatureWords(scan: TarballScan, check: CheckSignature, wanted: string | undefined): SignatureWords {
  const { manifest, manifestBytes, signatureBytes, files } = scan;
  const wrong = (sentence: string): SignatureWords => ({ outcome: 'wrong', sentence });
  if (manifestBytes !== undefined && signatureBytes !== undefined) {
    const { isGood, sentence, code } = check(manifestBytes, signatureBytes);
    if (!isGood) return wrong(sentence);
    if (wanted !== undefined && code !== wanted)
      return wrong(`its code is ${code ?? 'not known'}, and not ${wanted}: another key signed it`);
    const named = manifest?.signingCode;
    if (named !== undefined && code !== named) return wrong(`its manifest names the code ${named}, and the key of ${code} signed it`);
    return { outcome: 'good', sentence: wanted === undefined ? sentence : `It is signed, and its code is ${wanted} as you gave it.` };
  }
  if (files.has(SIGNATURE_NAME)) return wrong(`its ${SIGNATURE_NAME} cannot be checked`);
  if (manifest?.signingCode !== undefined)
    return wrong(`it was signed by the key of ${manifest.signingCode}, and somebody took its ${SIGNATURE_NAME} away`);
  if (wanted !== undefined) return wrong(`it is not signed, so nothing in it fits the code ${wanted}`);
  return { outcome: 'unsigned', sentence: 'It is not signed.' };
}

function manifestFacts({ manifest }: TarballScan): object {
  if (manifest === undefined) return {};
  const { site, createdAt, imageVersion, machines, signingCode, notes, sources, visit } = manifest;
  return definedOnly({ site, createdAt, imageVersion, machines, signingCode, notes, sources, visit });
}

function contentWords({ manifest, files }: TarballScan): string {
  if (manifest === undefined) return '';
  const { site, createdAt, imageVersion, machines, notes = [], sources = [], visit } = manifest;
  const noted = notes.length === 0 ? '' : ` Noted when it was made: ${notes.join('; ')}.`;
  const of = visit === undefined ? '' : ` It is ${visitStartWords(visit)}.`;
  return `${files.size} files, ${machines ?? 'no count of'} machines, site ${site}, made ${createdAt} with Recon ${imageVersion}.${of}${noted}${sources.length === 0 ? '' : ` Merged from ${sources.map(sourceWords).join('; ')}.`}`;
}

function sourceWords({ name, machines, code, sha256, visit }: MergedSource): string {
  return `${name} (${visit === undefined ? '' : `${visitStartWords(visit)}; `}${machines} machines, ${code === undefined ? 'not signed' : `code ${code}`}, SHA-256 ${sha256})`;
}
