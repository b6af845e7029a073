import type { FastifyInstance, FastifyReply } from 'fastify';
import { GRUB_FOLDER } from '../../domain/firmware.ts';
import { firstNetworkConfig, unsignedIn } from '../../domain/grub/first-config.ts';
import { namesIn } from '../../platform/files/directories.ts';
import { LOADER_PATH } from '../dhcp/dnsmasq/config-boot.ts';
import type { LoaderDeps } from './loader-route.ts';

/** iPXE looks for this beside itself before anything else; it then does what it would have done. */
const AUTOEXEC = '#!ipxe\nautoboot\n';

/** For UEFI HTTP boot, where TFTP is not used at all: what GRUB and iPXE ask for beside the loaders. GRUB asks for each file twice, first by HEAD. */
export function grubRoutes(app: FastifyInstance, { loaderDirectory }: LoaderDeps): void {
  const text = (url: string, make: () => Promise<string> | string): void =>
    void app.route({
      ...{ method: ['GET', 'HEAD'], url },
      handler: async (_request, reply): Promise<FastifyReply> => reply.type('text/plain').send(await make()),
    });
  text(`/${GRUB_FOLDER}/grub.cfg`, async () =>
    firstNetworkConfig({ by: 'http', loaderPath: LOADER_PATH, unsigned: unsignedIn(await namesIn(loaderDirectory)) }),
  );
  // lists of modules, which it cannot load: an empty one keeps its screen clean
  text(`/${GRUB_FOLDER}/:platform/:list`, () => '');
  for (const folder of ['/', LOADER_PATH]) text(`${folder}autoexec.ipxe`, () => AUTOEXEC);
}
