import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { connect as connectPlain, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { isIpAddress } from '../../domain/ip-address.ts';

/** Where an HTTP request goes: through a Unix socket, or over TLS to a host. */
export type HttpTarget = { socketPath: string } | { host: string; port: number; fingerprint?: string };

export interface SentRequest {
  method: string;
  /** with its query */
  path: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}

export interface HttpReply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Nothing was sent: the certificate is not one that this machine trusts, or not the one that was named. */
export class UntrustedCertificate extends Error {
  /** of the certificate that came, SHA-256 */
  readonly fingerprint: string;

  constructor(why: string, fingerprint: string) {
    super(why);
    this.fingerprint = fingerprint;
  }
}

/** A request that is answered within this time, and by no more than that. */
const TIMEOUT_MS = 120_000;
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * One HTTP request, on a connection of its own. Over TLS the certificate is judged before a byte of the request leaves: one with that fingerprint, or
 * without a fingerprint one that the machine trusts for this host.
 * @throws {@link UntrustedCertificate}; the system's error with its code
 */
export async function httpExchange(target: HttpTarget, { method, path, headers, body }: SentRequest): Promise<HttpReply> {
  const socket = 'socketPath' in target ? await connectedTo(connectPlain(target.socketPath), 'connect') : await trustedSocket(target);
  const host = 'socketPath' in target ? 'localhost' : hostHeader(target);
  try {
    const reply = await new Promise<IncomingMessage>((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const asked = request({
        ...{ method, path, headers: { ...headers, ...length, host, connection: 'close' } },
        createConnection: () => socket,
      });
      asked.once('response', resolve).once('error', reject);
      asked.end(body);
    });
    let sizeBytes = 0;
    reply.on('data', (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes > MOST_BYTES) reply.destroy(new Error('the answer has no end'));
    });
    return { status: reply.statusCode ?? 0, headers: reply.headers, text: (await buffer(reply)).toString('utf8') };
  } finally {
    socket.destroy();
  }
}

async function trustedSocket({ host, port, fingerprint }: Exclude<HttpTarget, { socketPath: string }>): Promise<TLSSocket> {
  const name = isIpAddress(host) ? {} : { servername: host };
  // judged below: a certificate that signs itself is good when it is the one that was named
  const socket = await connectedTo(connectTls({ host, port, ...name, rejectUnauthorized: false, minVersion: 'TLSv1.2' }), 'secureConnect');
  const found = socket.getPeerX509Certificate()?.fingerprint256 ?? '';
  const isTrusted = fingerprint === undefined ? socket.authorized : plainDigits(found) === plainDigits(fingerprint);
  if (isTrusted && found !== '') return socket;
  socket.destroy();
  const why = fingerprint === undefined ? String(socket.authorizationError) : 'it is another certificate than the one that was named';
  throw new UntrustedCertificate(why, found);
}

function connectedTo<S extends Socket>(socket: S, event: 'connect' | 'secureConnect'): Promise<S> {
  return new Promise((resolve, reject) => {
    // holds for the answer as well
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
    socket.once('error', reject);
    socket.once(event, () => resolve(socket));
  });
}

function hostHeader({ host, port }: { host: string; port: number }): string {
  return `${host.includes(':') ? `[${host}]` : host}${port === 443 ? '' : `:${port}`}`;
}

/** Colons and case are a matter of taste: `AB:CD` and `abcd` are one fingerprint. */
function plainDigits(fingerprint: string): string {
  return fingerprint.replaceAll(/[:\s]/g, '').toLowerCase();
}
