import type { FastifyInstance } from 'fastify';
import { ReconError } from '../../domain/errors.ts';
import { plainAddress } from '../../domain/ip-address.ts';
import { twoHosts } from '../../master/http/one-host.ts';

/**
 * Answers only where the Host header says one of these names or addresses, or the address that was reached, on every path: a page of somebody
 * else whose name leads to our address (DNS rebinding) would otherwise count as our own in its visitor's browser.
 */
export function answerNamedHosts(app: FastifyInstance, hosts: readonly string[]): void {
  const known = new Set(hosts.map((host) => host.toLowerCase()));
  app.addHook('onRequest', (request, _reply, done) => {
    const host = namedHost(request.headers.host ?? '');
    const reached = plainAddress(request.raw.socket.localAddress ?? '');
    done(twoHosts(request.raw) ?? (known.has(host) || (host !== '' && host === reached) ? undefined : otherHost(hosts)));
  });
}

/** Without port, brackets and a dot at the end. */
export function namedHost(header: string): string {
  return header
    .toLowerCase()
    .replace(/:\d{1,5}$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}

function otherHost([first = '']: readonly string[]): ReconError {
  return new ReconError('forbidden', 'this is not how the head is called', { hint: `Open https://${first}/ or its address.` });
}
