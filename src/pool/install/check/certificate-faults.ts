import { messageOf } from '../../../domain/values/message-of.ts';
import { readHeadSettings } from '../../head/read-head-settings.ts';
import { certificateLife } from '../../public/certificate-life.ts';
import { ownFiles, readCertificate, type ServerCertificate } from '../../public/server-certificate.ts';
import type { AskedMachine } from '../machine/asked-machine.ts';
import { HEAD_USER } from '../text/places.ts';
import { asService } from './as-service.ts';
import type { HeadFault } from './head-fault.ts';

interface CertificatePlaces {
  settings: string;
  state: string;
}

/** What people will not like about the certificate that an installed head has. A server that is none yet has no certificate, and none is missed. */
export async function certificateFaults(
  machine: Pick<AskedMachine, 'ask'>,
  { settings, state }: CertificatePlaces,
  now: Date,
): Promise<HeadFault[]> {
  const { certificate, key } = await readHeadSettings(settings).catch(() => ({ certificate: undefined, key: undefined }));
  const given = certificate === undefined || key === undefined ? undefined : { certificate, key };
  const files = given ?? ownFiles(`${state}/tls`);
  const found = await readCertificate(files).catch(messageOf);
  if (typeof found !== 'string') return [...lifeFaults(found, now), ...(await closedFaults(machine, Object.values(files)))];
  return given === undefined ? [] : [fault(`The page has no certificate of yours: ${found}. One of its own stands in.`, REPLACE)];
}

/** The same of one that is to be installed. Pure. */
export function lifeFaults(certificate: Pick<ServerCertificate, 'beginsAt' | 'endsAt'>, now: Date): HeadFault[] {
  const text = certificateLife(certificate, now);
  return text === undefined ? [] : [fault(`The certificate of the page: ${text}.`, REPLACE)];
}

const REPLACE =
  'recon head install --certificate FILE --key FILE takes another one, without a restart; or replace the files that head.yaml names.';

/** Root reads everything; the service is not root. */
async function closedFaults(machine: Pick<AskedMachine, 'ask'>, paths: readonly string[]): Promise<HeadFault[]> {
  const isOpen = await Promise.all(paths.map((path) => asService(machine, 'reads', path)));
  return paths
    .filter((_, index) => isOpen[index] === false)
    .map((path) =>
      fault(`The head cannot read ${path}: it runs as ${HEAD_USER}.`, `chown ${HEAD_USER} ${path}, and let it into the folders above.`),
    );
}

function fault(message: string, hint: string): HeadFault {
  return { code: 'certificate', message, hint, weight: 'warns' };
}
