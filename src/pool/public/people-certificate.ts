import { ReconError } from '../../domain/errors.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import type { Log } from '../../platform/log.ts';
import { certificateLife } from './certificate-life.ts';
import { type CertificateFiles, ownFiles, readCertificate, type ServerCertificate, serverCertificate } from './server-certificate.ts';

/** The certificate of a listener that goes on while its files are replaced. */
export interface PeopleCertificate {
  current(): ServerCertificate;
  /** what people should know of it; undefined: nothing */
  trouble(): string | undefined;
  /** looks at the files from now on, and hands over each other pair that fits */
  follow(use: (certificate: ServerCertificate) => Promise<void>): AsyncDisposable;
}

interface PeopleCertificateOptions {
  /** the administrator's own; missing: one is made in the directory, once */
  files?: CertificateFiles | undefined;
  /** that one of our own is for */
  names: readonly string[];
  log: Log;
  now: () => Date;
  /** between two looks */
  everyMs: number;
}

/**
 * Files of the administrator that cannot be used keep nobody from booting: one of our own stands in until they can, and all places say so.
 * @throws ReconError `usage` for one of our own that cannot be read, `command-failed` without openssl
 */
export async function peopleCertificate(
  directory: string,
  { files, names, log, now, everyMs }: PeopleCertificateOptions,
): Promise<PeopleCertificate> {
  let broken: string | undefined;
  let isStandIn = false;
  let serving = await serverCertificate(directory, { files, names, now: now() }).catch(async (error: unknown) => {
    if (files === undefined) throw error;
    isStandIn = true;
    broken = standInText(reasonOf(error));
    return serverCertificate(directory, { names, now: now() });
  });
  let told: string | undefined;
  const trouble = (): string | undefined => broken ?? certificateLife(serving, now());
  const tell = (): void => {
    const text = trouble();
    if (text !== told && text !== undefined) log.warn(`certificate of the page: ${text}`);
    told = text;
  };
  tell();
  const look = async (use: (certificate: ServerCertificate) => Promise<void>, before: string | undefined): Promise<string | undefined> => {
    const found = await readCertificate(files ?? ownFiles(directory)).catch(reasonOf);
    if (typeof found === 'string') {
      // the two files are not replaced in one moment: what is wrong is wrong twice
      if (found === before) broken = isStandIn ? standInText(found) : `${found}; the certificate from before goes on serving`;
      return found;
    }
    if (found.cert !== serving.cert || found.key !== serving.key) {
      await use(found);
      serving = found;
      log.info(`the certificate of the page was replaced: SHA-256 ${found.fingerprint}`);
    }
    broken = undefined;
    isStandIn = false;
    return undefined;
  };
  return { current: () => serving, trouble, follow: (use) => following(everyMs, { look: (before) => look(use, before), tell, log }) };
}

function following(
  everyMs: number,
  { look, tell, log }: { look: (before: string | undefined) => Promise<string | undefined>; tell: () => void; log: Log },
): AsyncDisposable {
  let before: string | undefined;
  let looking: Promise<void> | undefined;
  const timer = setInterval(() => {
    looking ??= look(before)
      .then((now) => {
        before = now;
        tell();
      })
      .catch((error: unknown) => log.warn(`the certificate of the page was not replaced: ${messageOf(error)}`))
      .finally(() => {
        looking = undefined;
      });
  }, everyMs);
  return {
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer);
      await looking;
    },
  };
}

function standInText(reason: string): string {
  return `${reason}; until that is mended one of our own stands in`;
}

function reasonOf(error: unknown): string {
  return error instanceof ReconError && error.hint !== undefined ? `${messageOf(error)} (${error.hint})` : messageOf(error);
}
