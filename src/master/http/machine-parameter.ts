import { ReconError } from '../../domain/errors.ts';
import { type MacAddress, parseMac } from '../../domain/values/mac.ts';

/**
 * The machine that a path names.
 * @throws ReconError `not-found` when it is no MAC address
 */
export function machineOf(params: unknown): MacAddress {
  const text = typeof params === 'object' && params !== null && 'mac' in params ? String(params.mac) : '';
  const mac = parseMac(text);
  if (mac === undefined) throw new ReconError('not-found', `${text.slice(0, 60)} is not a MAC address`);
  return mac;
}
