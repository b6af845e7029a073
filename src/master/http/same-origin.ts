import type { FastifyRequest } from 'fastify';
import { ReconError } from '../../domain/errors.ts';

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

/** Whether a page asks that is not ours, as far as its browser says so. */
export function isForeignPage({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const { origin, referer, host } = headers;
  const site = headers['sec-fetch-site'];
  const own = `http://${host ?? ''}`;
  return (
    (origin !== undefined && origin !== own) ||
    (referer !== undefined && !referer.startsWith(`${own}/`)) ||
    (site !== undefined && site !== 'same-origin' && site !== 'none')
  );
}

/** Whether a page of ours asks, or a person by the address bar, as far as its browser says so. */
export function isKnownPage({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const { referer, host } = headers;
  const site = headers['sec-fetch-site'];
  return referer?.startsWith(`http://${host ?? ''}/`) === true || site === 'same-origin' || site === 'none';
}
