import type { AskedMachine } from '../machine/asked-machine.ts';
import type { HeadPackage } from '../text/packages.ts';
import type { HeadFault } from './head-fault.ts';

/** Packages that are not there, by what they bring. */
export async function missingPackages(machine: AskedMachine, packages: readonly HeadPackage[]): Promise<HeadPackage[]> {
  const found = await Promise.all(packages.map((one) => isThere(machine, one)));
  return packages.filter((_, index) => found[index] !== true);
}

/** The same in words. `installs`: whether an install would bring them. */
export function softwareFaults(missing: readonly HeadPackage[], installs: boolean): HeadFault[] {
  return missing.map(({ name, brings, reason, isYours }) => ({
    code: brings.startsWith('/') ? 'loader' : 'program',
    message: `${brings} is missing: ${reason}.`,
    hint: `apt-get install --no-install-recommends ${name}`,
    weight: isYours ? 'warns' : installs ? 'cured' : 'stops',
  }));
}

async function isThere({ ask, names }: AskedMachine, { brings }: HeadPackage): Promise<boolean> {
  if (!brings.startsWith('/')) return (await ask(['sh', '-c', 'command -v "$1"', 'sh', brings])).isOk;
  const [folder, file] = [brings.slice(0, brings.lastIndexOf('/')), brings.slice(brings.lastIndexOf('/') + 1)];
  return (await names(folder)).includes(file);
}
