import type { FastifyInstance } from 'fastify';
import { ReconError } from '../../domain/errors.ts';
import { addressFromBytes, ipv6Bytes, isIpAddress, isIpv4, plainAddress } from '../../domain/ip-address.ts';
import { LOCAL_DOMAIN, MASTER_HOST_NAME } from '../../domain/network.ts';
import { twoHosts } from './one-host.ts';

const OWN_NAMES: readonly string[] = [MASTER_HOST_NAME, `${MASTER_HOST_NAME}.${LOCAL_DOMAIN}`, 'localhost'];

/** What a Host header may say. */
export interface OwnHostInput {
  /** the master's addresses */
  isServedAddress: (address: string) => boolean;
  /** host of the root image's URL, where it is another one than `bang` */
  rootHost?: string;
}

/**
 * Answers only where the Host header holds an address or a name of ours, on every path. A page of somebody else whose name leads to our address
 * (DNS rebinding) would otherwise count as our own in its visitor's browser, and read tarballs and records. Old HTTP/1.0 clients in ROMs send no
 * Host; a browser always does, and HTTP/1.1 without one is refused before (RFC 9112, section 3.2).
 */
export function answerOwnNamesOnly(app: FastifyInstance, input: OwnHostInput): void {
  // not async: an answer that is ready goes out before the parser looks at what stands behind the request
  app.addHook('onRequest', ({ headers, raw }, _reply, done) => {
    const localAddress = plainAddress(raw.socket.localAddress ?? '');
    const isOwn = [headers.host, hostOfTarget(raw.url)].every((host) => isOwnHost(host, localAddress, input));
    done(twoHosts(raw) ?? (isOwn ? undefined : otherName()));
  });
}

/** A request as to a proxy names the host in its first line, and then that one counts (RFC 9112, section 3.2.2). */
function hostOfTarget(target: string | undefined): string | undefined {
  return target === undefined || target.startsWith('/') ? undefined : (/^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(target)?.[1] ?? '');
}

function otherName(): ReconError {
  return new ReconError('forbidden', 'this is not how this server is called', { hint: `Open http://${MASTER_HOST_NAME}/ or its address.` });
}

/** Whether a Host header names us: the address that the request came in on, another one of ours, `bang`, or this machine itself; with any port. */
export function isOwnHost(header: string | undefined, localAddress: string, { isServedAddress, rootHost }: OwnHostInput): boolean {
  if (header === undefined) return true;
  const host = header
    .toLowerCase()
    .replace(/:\d{1,5}$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
  if (isIpAddress(host)) {
    // one spelling of IPv6 (RFC 5952): others write it otherwise
    const address = isIpv4(host) ? host : addressFromBytes(ipv6Bytes(host));
    return address === localAddress || isServedAddress(address);
  }
  return OWN_NAMES.includes(host) || (rootHost !== undefined && host === rootHost.toLowerCase());
}
