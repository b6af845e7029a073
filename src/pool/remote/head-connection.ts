import { ReconError } from '../../domain/errors.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { readOrUndefined } from '../../platform/files/files.ts';
import type { HttpTarget } from '../../platform/network/http-exchange.ts';

/** Which head, and who asks. */
export interface HeadConnection {
  target: HttpTarget;
  token?: string;
  /** for sentences */
  name: string;
}

export interface ConnectionWords {
  /** URL of a head; missing: the one on this machine */
  head?: string;
  tokenFile?: string;
  /** SHA-256 of the certificate that counts */
  fingerprint?: string;
  socket: string;
}

/**
 * Reads how a head is reached. A token comes from a file or the environment, never from the command line, which everybody sees in `ps`.
 * @throws ReconError `usage`
 */
export async function headConnection(
  words: ConnectionWords,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<HeadConnection> {
  const { head, tokenFile, fingerprint, socket } = words;
  if (head === undefined) return { target: { socketPath: socket }, name: `the head on this machine (${socket})` };
  const url = URL.canParse(head) ? new URL(head) : undefined;
  if (url?.protocol !== 'https:' || url.username !== '')
    throw new ReconError('usage', `${head} is no URL of a head`, { hint: 'for example --head https://head.example' });
  if (fingerprint !== undefined && !/^([0-9a-f]{2}:?){32}$/i.test(fingerprint))
    throw new ReconError('usage', `${fingerprint} is no SHA-256 fingerprint`, { hint: 'The log of recon head serve says it.' });
  const target = { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(url.port || 443), ...definedOnly({ fingerprint }) };
  return { target, token: await readToken(tokenFile, environment), name: url.host };
}

async function readToken(file: string | undefined, environment: Readonly<Record<string, string | undefined>>): Promise<string> {
  const text = file === undefined ? environment['RECON_TOKEN'] : (await readOrUndefined(file))?.toString('utf8');
  if (text === undefined)
    throw new ReconError('usage', file === undefined ? 'a head at a URL wants a token' : `${file} cannot be read`, {
      hint: 'recon token create makes one on the head; give it with --token-file FILE or in RECON_TOKEN.',
    });
  const token = text.trim();
  if (!/^recon_[0-9a-f]{8}_[A-Za-z0-9_-]{43}$/.test(token))
    throw new ReconError('usage', `what is in ${file ?? 'RECON_TOKEN'} is no token`, { hint: 'One begins with recon_, and is one line.' });
  return token;
}
