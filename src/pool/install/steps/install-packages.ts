import { ReconError } from '../../../domain/errors.ts';
import { missingPackages } from '../check/software-faults.ts';
import type { HeadMachine } from '../machine/head-machine.ts';
import type { HeadPackage } from '../text/packages.ts';
import { type Done, doneOf } from './install-step.ts';

/** Brings what is missing, and nothing else. Services of these packages that somebody else would have to configure are not among them. */
export async function installPackages(machine: HeadMachine, wanted: readonly HeadPackage[], say: (text: string) => void): Promise<Done> {
  const missing = (await missingPackages(machine, wanted)).flatMap(({ name, isYours }) => (isYours ? [] : [name]));
  if (missing.length === 0) return doneOf([], 'all there');
  if (!(await machine.ask(['apt-get', '--version'])).isOk) {
    throw new ReconError('host-unfit', `this server lacks ${missing.join(', ')}, and has no apt-get to bring them`, {
      hint: 'A head node is a Debian 12 or 13. On another system install what these packages have, then add --no-packages.',
    });
  }
  say(`apt-get installs ${missing.join(', ')}`);
  const environment = { DEBIAN_FRONTEND: 'noninteractive' };
  // old lists may do as well, and what cannot be had is said by the next line
  await machine
    .run(['apt-get', 'update', '-q'], { environment })
    .catch(() => say('apt-get update had trouble; going on with the lists that are here'));
  await machine.run(['apt-get', 'install', '-q', '--yes', '--no-install-recommends', ...missing], { environment });
  return doneOf([`installed ${missing.join(', ')}`]);
}
