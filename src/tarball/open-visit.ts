import { basename } from 'node:path';
import { ReconError } from '../domain/errors.ts';
import { LedgerEvent } from '../domain/ledger.ts';
import { Finding } from '../domain/record/finding.ts';
import { IdentityReport } from '../domain/record/identity.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { visibleTexts } from '../domain/values/visible-text.ts';
import { VerdictRow, VisitNode } from '../domain/visit-tarball.ts';
import { checkTarballFile } from './check-file.ts';
import { readCaptureFiles } from './read-captures.ts';
import { readLines, readText } from './read-member.ts';
import { scanTarball, type TarballScan } from './scan.ts';
import { checkSignature } from './signature.ts';
import type { Visit } from './visit.ts';

export interface OpenVisitOptions {
  /** bytes of the file that were read so far, and its size */
  onRead?: (readBytes: number, totalBytes: number) => void;
}

/**
 * Opens a tarball for reading. The whole file is read once and checked against its manifest; what is damaged stands in `faults`, and
 * the rest can be read. Nothing is unpacked to disk.
 * @throws ReconError `tarball-unreadable` when nothing can be read of it
 */
export async function openVisit(path: string, { onRead }: OpenVisitOptions = {}): Promise<Visit> {
  const totalBytes = await checkTarballFile(path);
  const scan = await scanTarball(path, onRead === undefined ? undefined : (bytes) => onRead(bytes, totalBytes));
  if (scan.files.size === 0) throw nothingIn(path, scan);
  const faults = scan.faults.map((fault) => `${path} ${fault}.`);
  const report = (fault: string): void => {
    const sentence = `${path} holds ${fault}.`;
    if (!faults.includes(sentence)) faults.push(sentence);
  };
  const { manifest, modified, manifestBytes, signatureBytes } = scan;
  const check = manifestBytes && signatureBytes ? checkSignature(manifestBytes, signatureBytes) : undefined;
  return {
    path,
    site: manifest?.site ?? /^recon-(.+)-\d{4}-\d\d-\d\d/.exec(basename(path))?.[1] ?? 'unknown',
    createdAt: manifest?.createdAt ?? (modified ?? new Date(0)).toISOString(),
    imageVersion: manifest?.imageVersion ?? 'unknown',
    faults,
    nodes: () => readLines(path, 'nodes.jsonl', VisitNode, report),
    ledger: () => readLines(path, 'ledger.jsonl', LedgerEvent, report),
    findings: () => readLines(path, 'findings.jsonl', Finding, report),
    verdicts: () => readLines(path, 'verdicts.jsonl', VerdictRow, report),
    identity: () => readIdentity(path, report),
    captureFiles: () => readCaptureFiles(path, report),
    ...(check?.outcome === 'good' ? { code: check.code } : {}),
    ...(manifest?.withoutCaptures === true ? { isWithoutCaptures: true } : {}),
    ...definedOnly({ sources: manifest?.sources, visit: manifest?.visit, earlierVisits: manifest?.earlierVisits }),
  };
}

function nothingIn(path: string, { faults: [fault = 'holds no file'] }: TarballScan): ReconError {
  return new ReconError('tarball-unreadable', `${path} ${fault}`, {
    hint: 'copy the tarball from the stick again; if it is damaged there, too, the records themselves are below records/ on it',
  });
}

async function readIdentity(path: string, report: (fault: string) => void): Promise<IdentityReport | undefined> {
  const text = await readText(path, 'identity.json');
  if (text === undefined) return undefined;
  try {
    return IdentityReport.parse(visibleTexts(JSON.parse(text)));
  } catch {
    report('an identity.json that makes no sense');
    return undefined;
  }
}
