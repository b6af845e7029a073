import { ReconError } from '../../domain/errors.ts';
import { isIpAddress } from '../../domain/ip-address.ts';

/** Where the people's side listens; without an address everywhere but on the private side. */
export interface ListenAddress {
  address?: string;
  port: number;
}

/**
 * Reads `443`, `:8443`, `192.0.2.10:443`, `[2001:db8::1]:443`; undefined for `none`.
 * @throws ReconError `usage`
 */
export function parseListenAddress(text: string): ListenAddress | undefined {
  if (text === 'none') return undefined;
  const [, bracketed, plain = '', digits = ''] =
    /^(?:\[([^\]]+)\]|([^:[\]]*)):(\d{1,5})$/.exec(text.includes(':') ? text : `:${text}`) ?? [];
  const address = bracketed ?? plain;
  const port = Number(digits);
  if (digits === '' || port < 1 || port > 65_535 || (address !== '' && !isIpAddress(address)))
    throw new ReconError('usage', `${text} is no address to listen on`, { hint: 'Write 443, 192.0.2.10:443, [2001:db8::1]:443, or none.' });
  return address === '' ? { port } : { address, port };
}

/** The URL of a host at a port, for people. */
export function httpsUrl(host: string, port: number): string {
  return `https://${host.includes(':') ? `[${host}]` : host}${port === 443 ? '' : `:${port}`}/`;
}
