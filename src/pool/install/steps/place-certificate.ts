import { dirname } from 'node:path';
import type { ServerCertificate } from '../../public/server-certificate.ts';
import type { HeadMachine } from '../machine/head-machine.ts';
import { HEAD_USER, INSTALL_PLACES } from '../text/places.ts';
import { type Done, doneOf } from './install-step.ts';

/** A copy for the service: what a certificate authority's program keeps is often root's alone. A head that runs takes it by itself. */
export async function placeCertificate(machine: HeadMachine, { cert, key }: Pick<ServerCertificate, 'cert' | 'key'>): Promise<Done> {
  const { certificate, key: keyFile } = INSTALL_PLACES.tls;
  const isNew = [await machine.write(keyFile, key, 0o600), await machine.write(certificate, cert)].includes(true);
  if (!isNew) return doneOf([]);
  await machine.run(['chown', '--recursive', '--no-dereference', `${HEAD_USER}:${HEAD_USER}`, dirname(keyFile)]);
  return doneOf([`copied to ${certificate} and its key`]);
}
