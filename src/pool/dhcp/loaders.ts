import { CLIENT_ARCHITECTURES, type LoadedArchitecture } from '../../domain/firmware.ts';

/** Of machines that the inventory image does not run on; a pool may have images for them. */
const MORE = { 'efi-arm64': 'ipxe-arm64.efi', 'efi-arm64-http': 'ipxe-arm64.efi' } as const;

/** The firmware that a head node can start, by the loaders that it has. */
export function loadedArchitectures(loaders: readonly string[]): LoadedArchitecture[] {
  return CLIENT_ARCHITECTURES.flatMap(({ name, option93, loader }) => {
    const file = loader ?? (name === 'efi-arm64' || name === 'efi-arm64-http' ? MORE[name] : undefined);
    return file === undefined || !loaders.includes(file) ? [] : [{ name, option93, loader: file }];
  });
}
