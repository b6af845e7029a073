import type { FastifyRequest } from 'fastify';
import { ReconError } from '../../domain/errors.ts';

type Headers = Pick<FastifyRequest, 'headers'>;

/** What boot loaders, the initrd and our own programs call themselves. */
const BOOT_CLIENT = /^(?:iPXE|gPXE|Etherboot|UefiHttpBoot|GRUB|curl|Wget|recon|node)\b/i;
/**
 * What a browser sends with a request that a page made, and no boot loader knows (Fetch standard; RFC 9110, 10.1.3). `sec-fetch-mode` is not among
 * them: Node's own fetch sends it.
 */
const PAGE_SIGNS = ['origin', 'referer', 'sec-fetch-site', 'sec-fetch-dest'] as const;

/**
 * Whether a machine that boots, or a program of ours, sent this. A picture on somebody's web page makes its visitor's browser send a GET to us as
 * well, even without a referrer; but a page cannot take the name of the browser away or give it another without asking us first (CORS).
 */
export function isBootClient({ headers }: Headers): boolean {
  const agent = headers['user-agent'];
  return PAGE_SIGNS.every((name) => headers[name] === undefined) && (agent === undefined || BOOT_CLIENT.test(agent));
}

/**
 * For a GET that leaves something behind: a token, a line of the ledger.
 * @throws ReconError `forbidden` when a browser asks
 */
export function requireBootClient(request: Headers): void {
  if (!isBootClient(request))
    throw new ReconError('forbidden', 'only a machine that boots is given this', { hint: 'curl shows it as well; a browser does not.' });
}
