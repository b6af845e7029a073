import type { IncomingMessage } from 'node:http';
import { ReconError } from '../../domain/errors.ts';

/**
 * Why a request is not looked at that names two hosts (RFC 9112, section 3.2): Node takes the first of them, and what stands in front of
 * us may have taken the last.
 */
export function twoHosts({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): ReconError | undefined {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) if (rawHeaders[at]?.toLowerCase() === 'host') count += 1;
  return count > 1 ? new ReconError('usage', 'the request names two hosts') : undefined;
}
