import { STATUS_CODES } from 'node:http';

/** What an HTTP status is called, as `Not Found` (RFC 9110 15); undefined for one that has no name. */
export function statusWords(status: number): string | undefined {
  return STATUS_CODES[status];
}
