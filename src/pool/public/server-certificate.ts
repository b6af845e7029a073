import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { isIpAddress } from '../../domain/ip-address.ts';
import { makeDirectory } from '../../platform/files/directories.ts';
import { readOrUndefined, writeAtomic } from '../../platform/files/files.ts';
import { runOk } from '../../platform/process/command.ts';

/** The administrator's own files, PEM. */
export interface CertificateFiles {
  certificate: string;
  key: string;
}

export interface ServerCertificate {
  cert: string;
  key: string;
  /** of SHA-256, as browsers show it */
  fingerprint: string;
  beginsAt: Date;
  endsAt: Date;
  /** DNS names that it is for, without those for many (`*.example.org`) */
  names: string[];
}

/** Whoever trusts it does so by its fingerprint, which a new one would change. */
const DAYS = 3650;

/**
 * The certificate of the people's side: the administrator's, or one of our own that is made once and kept.
 * @param names DNS names and addresses that a certificate of our own is for
 * @throws ReconError `usage` for files that cannot be read or do not belong together, `command-failed` without openssl
 */
export async function serverCertificate(
  directory: string,
  { files, names, now = new Date() }: { files?: CertificateFiles | undefined; names: readonly string[]; now?: Date },
): Promise<ServerCertificate> {
  const own = ownFiles(directory);
  if (files === undefined && (await readOrUndefined(own.certificate)) === undefined) await makeOwn(directory, own, names);
  const found = await readCertificate(files ?? own);
  if (files !== undefined || found.beginsAt > PLAUSIBLE || found.endsAt > now) return found;
  await makeOwn(directory, own, names);
  return readCertificate(own);
}

/** One that began before was made while the clock was not set, and is over for good once it is: no browser would ever take it. */
const PLAUSIBLE = new Date('2020-01-01T00:00:00Z');

/** Where one of our own lies. */
export function ownFiles(directory: string): CertificateFiles {
  return { certificate: join(directory, 'certificate.pem'), key: join(directory, 'key.pem') };
}

/** What lies in two files. @throws ReconError `usage` for files that cannot be read or do not belong together */
export async function readCertificate({ certificate, key }: CertificateFiles): Promise<ServerCertificate> {
  const [cert, secret] = [await readText(certificate), await readText(key)];
  const { privateKeyFits, ...facts } = judged(cert, secret, { certificate, key });
  if (!privateKeyFits)
    throw new ReconError('usage', `${key} is not the key of ${certificate}`, {
      hint: 'Give both files of one certificate, its own in front of those of its chain.',
    });
  return { cert, key: secret, ...facts };
}

async function makeOwn(directory: string, own: CertificateFiles, names: readonly string[]): Promise<void> {
  await makeDirectory(directory);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  await writeAtomic(own.key, privateKey.export({ type: 'pkcs8', format: 'pem' }), 0o600);
  const [first = 'recon'] = names;
  const alternatives = names.map((name) => `${isIpAddress(name) ? 'IP' : 'DNS'}:${name}`).join(',');
  const certificate = await runOk(
    [
      ...(['openssl', 'req', '-x509', '-new', '-sha256', '-key', own.key, '-days', String(DAYS)] as const),
      // a common name has 64 letters at most (RFC 5280, appendix A); names that count stand in the extension
      ...['-subj', `/CN=${first.slice(0, 64)}`, '-addext', `subjectAltName=${alternatives}`, '-addext', 'extendedKeyUsage=serverAuth'],
    ],
    { timeoutMs: 60_000, hint: 'apt-get install openssl, or give --certificate and --key' },
  );
  await writeAtomic(own.certificate, `${certificate}\n`, 0o644);
}

function judged(
  cert: string,
  secret: string,
  { certificate, key }: CertificateFiles,
): Omit<ServerCertificate, 'cert' | 'key'> & { privateKeyFits: boolean } {
  const parsed = asPem(
    () => new X509Certificate(cert),
    `${certificate} cannot be used: there is no certificate in it`,
    'It is a PEM file, and begins with -----BEGIN CERTIFICATE-----.',
  );
  const own = asPem(() => createPrivateKey(secret), `${key} cannot be used: ${keyTrouble(secret)}`, keyHint(secret, key));
  return {
    privateKeyFits: parsed.checkPrivateKey(own),
    ...{ fingerprint: parsed.fingerprint256, beginsAt: new Date(parsed.validFrom), endsAt: new Date(parsed.validTo) },
    names: [...(parsed.subjectAltName ?? '').matchAll(/\bDNS:([\w.-]+)(?=,|$)/g)].map(([, name = '']) => name),
  };
}

/** What OpenSSL says of it is for programmers. */
function asPem<Part>(read: () => Part, words: string, hint: string): Part {
  try {
    return read();
  } catch (cause) {
    throw new ReconError('usage', words, { cause, hint });
  }
}

const isLocked = (key: string): boolean => /ENCRYPTED/.test(key);

function keyTrouble(key: string): string {
  return isLocked(key) ? 'it has a passphrase, which nobody would type when the head starts' : 'there is no private key in it';
}

function keyHint(key: string, path: string): string {
  return isLocked(key) ? `openssl pkey -in ${path} -out key-without.pem` : 'It is a PEM file, and has a line -----BEGIN PRIVATE KEY-----.';
}

async function readText(path: string): Promise<string> {
  const bytes = await readOrUndefined(path);
  if (bytes === undefined)
    throw new ReconError('usage', `${path} cannot be read`, { hint: 'It is a PEM file, and the user that the head runs as may read it.' });
  return bytes.toString('utf8');
}
