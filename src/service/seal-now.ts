import { PATHS } from '../domain/api.ts';
import { ReconError } from '../domain/errors.ts';
import { httpFetch } from '../platform/network/http-fetch.ts';

/** Asks the master on this machine to seal its tarball, and gives what it answered. @throws ReconError `master-unreachable` */
export async function sealNow(): Promise<string> {
  const answer = await httpFetch(`http://127.0.0.1${PATHS.seal}`, { method: 'POST', signal: AbortSignal.timeout(300_000) }).catch(
    (cause: unknown) => {
      throw new ReconError('master-unreachable', 'no master answers on this machine', { hint: 'systemctl status recon', cause });
    },
  );
  const text = await answer.text();
  if (!answer.ok) throw new ReconError('master-unreachable', `the master could not seal: ${text}`);
  return text;
}
