import type { AskedMachine } from '../machine/asked-machine.ts';
import type { HeadFault } from './head-fault.ts';

/** Without one of these a whole kind of machines does not boot; arm64 has no image here yet. */
const LOADERS = [
  { file: 'undionly.kpxe', machines: 'machines with BIOS' },
  { file: 'snponly.efi', machines: 'machines with UEFI' },
] as const;

/** Loaders that are not in the folder that the head serves. `isBrought`: an install brings the package that has them. */
export async function loaderFaults({ names }: Pick<AskedMachine, 'names'>, folder: string, isBrought: boolean): Promise<HeadFault[]> {
  const there = await names(folder);
  return LOADERS.filter(({ file }) => !there.includes(file)).map(({ file, machines }) => ({
    code: 'loader',
    message: `${folder} has no ${file}: ${machines} cannot boot from this head.`,
    hint: 'apt-get install --no-install-recommends ipxe, or put one there, or name another folder in head.yaml (loaders:).',
    weight: isBrought ? 'cured' : 'warns',
  }));
}
