import { loadedArchitectures } from '../src/domain/firmware.ts';

/** What the folder of loaders of the image has. */
export const LOADERS = ['undionly.kpxe', 'snponly.efi', 'shimx64.efi', 'grubx64.efi', 'grub'] as const;

export const ARCHITECTURES = loadedArchitectures(LOADERS);
