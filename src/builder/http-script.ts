import type { ImageManifest } from '../domain/image.ts';
import { CONSOLE_ARGUMENTS, GUARD_ARGUMENTS, LIVE_ARGUMENTS } from '../domain/kernel-arguments.ts';

/**
 * An iPXE script for a web server that serves the image without a master; names are relative to the script's own URL, except
 * the root image's, which Linux asks for: `baseUrl` without a slash at the end.
 */
export function httpScript(manifest: ImageManifest, baseUrl: string): string {
  const { kernel, initrd, rootImage } = manifest.files;
  const kernelArguments = [
    `initrd=${initrd.name}`,
    `root=live:${baseUrl}/${rootImage.name}`,
    ...LIVE_ARGUMENTS,
    ...GUARD_ARGUMENTS,
    'rd.neednet=1',
    'BOOTIF=01-$' + '{netX/mac:hexhyp}',
    'pxeaddr=$' + '{next-server}',
    'postaction=liveboot',
    `recon.sha256=${rootImage.sha256}`,
    `recon.size=${rootImage.sizeBytes}`,
    ...CONSOLE_ARGUMENTS,
  ];
  return `${['#!ipxe', `echo Recon ${manifest.version}`, `initrd --name ${initrd.name} ${initrd.name}`, `kernel ${kernel.name} ${kernelArguments.join(' ')}`, 'boot'].join('\n')}\n`;
}
