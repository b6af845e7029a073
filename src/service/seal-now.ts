import { z } from 'zod';
import { ApiError, PATHS } from '../domain/api.ts';
import { ERRORS, type ErrorCode, ReconError } from '../domain/errors.ts';
import { counted } from '../domain/values/counted.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { httpFetch } from '../platform/network/http-fetch.ts';

const Sealed = z.looseObject({ name: z.string(), sizeBytes: z.int(), sha256: z.string(), machines: z.int() });

export interface SealNowOptions {
  /** without the raw captures, when there is no room for more */
  lean?: boolean;
  /** TCP port of the master; 80 when missing */
  port?: number;
}

/**
 * Asks the master on this machine to seal its tarball, and gives what it says of it.
 * @throws ReconError `master-unreachable`, and with the code and the words of the master what keeps it from sealing
 */
export async function sealNow({ lean = false, port = 80 }: SealNowOptions = {}): Promise<string> {
  const url = `http://127.0.0.1:${port}${lean ? PATHS.sealWithoutCaptures : PATHS.seal}`;
  const answer = await httpFetch(url, { method: 'POST', signal: AbortSignal.timeout(300_000) }).catch((cause: unknown) => {
    throw new ReconError('master-unreachable', 'no master answers on this machine', { hint: 'systemctl status recon', cause });
  });
  const text = await answer.text();
  if (!answer.ok) throw refusal(text);
  const { name, sizeBytes, sha256, machines } = Sealed.parse(JSON.parse(text));
  return `sealed ${name}: ${counted(machines, 'machine')}${lean ? ' without raw captures' : ''}, ${sizeBytes} bytes, SHA-256 ${sha256}`;
}

function refusal(text: string): ReconError {
  try {
    const { code, message, hint } = ApiError.parse(JSON.parse(text));
    return new ReconError(isKnown(code) ? code : 'master-unreachable', `the master could not seal: ${message}`, definedOnly({ hint }));
  } catch {
    return new ReconError('master-unreachable', `the master could not seal: ${text}`);
  }
}

function isKnown(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}
