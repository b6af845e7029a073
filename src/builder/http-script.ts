import type { ImageManifest } from '../domain/image.ts';
import { consoleArguments, GUARD_ARGUMENTS, LIVE_ARGUMENTS } from '../domain/kernel-arguments.ts';

/**
 * An iPXE script for a web server that serves the image without a master; names are relative to the script's own URL, except
 * the root image's, which Linux asks for: `baseUrl` without a slash at the end.
 */
export function httpScript(manifest: ImageManifest, baseUrl: string): string {
  const { kernel, initrd, drivers, rootImage } = manifest.files;
  // nobody here knows from which card a machine boots
  const initrds = [initrd, ...(drivers === undefined ? [] : [drivers])].map(({ name }) => name);
  const kernelArguments = [
    ...initrds.map((name) => `initrd=${name}`),
    `root=live:${baseUrl}/${rootImage.name}`,
    ...LIVE_ARGUMENTS,
    ...GUARD_ARGUMENTS,
    'rd.neednet=1',
    'BOOTIF=01-$' + '{netX/mac:hexhyp}',
    'pxeaddr=$' + '{next-server}',
    'postaction=liveboot',
    `recon.sha256=${rootImage.sha256}`,
    `recon.size=${rootImage.sizeBytes}`,
    ...consoleArguments(manifest.architecture),
  ];
  return `${['#!ipxe', `echo Recon ${manifest.version}`, ...initrds.map((name) => `initrd --name ${name} ${name}`), `kernel ${kernel.name} ${kernelArguments.join(' ')}`, 'boot'].join('\n')}\n`;
}
