import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ReconError } from '../../domain/errors.ts';
import { isIpAddress } from '../../domain/ip-address.ts';
import { MASTER_HOST_NAME } from '../../domain/network.ts';

/**
 * Answers only where the Host header holds an address or a name of ours. A page of somebody else whose name leads to our address
 * (DNS rebinding) would otherwise count as our own in its visitor's browser.
 */
export function answerOwnNamesOnly(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (!isOwnHost(request.headers.host)) {
      throw new ReconError('forbidden', 'this is not how the master is called', {
        hint: `Open http://${MASTER_HOST_NAME}/ or its address.`,
      });
    }
  });
}

/** Whether a Host header names us: an address of any kind, `bang`, or this machine itself. */
export function isOwnHost(header: string | undefined): boolean {
  if (header === undefined) return true;
  const host = header
    .toLowerCase()
    .replace(/:\d{1,5}$/, '')
    .replace(/^\[(.*)\]$/, '$1');
  return isIpAddress(host) || host === MASTER_HOST_NAME || host === 'localhost';
}

/**
 * Whether a browser sent this, on behalf of a page.
 * @throws ReconError `forbidden` when that page is not ours
 */
export function isFromOwnPage({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  const foreign = (origin !== undefined && origin !== `http://${host ?? ''}`) || (site !== undefined && site !== 'same-origin');
  if (foreign) throw new ReconError('forbidden', "another web page asked for this, not the master's own");
  return origin !== undefined;
}
