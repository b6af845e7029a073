import { join } from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ReconError } from '../../domain/errors.ts';
import { namesIn } from '../../platform/files/directories.ts';
import { LOADER_PATH } from '../dhcp/dnsmasq/config-boot.ts';
import { sendFile } from '../http/send-file.ts';

export interface LoaderDeps {
  /** boot loaders; what is not a name in it is not there */
  loaderDirectory: string;
}

/** Boot loaders for UEFI HTTP boot; `onLoader` gets each request that fetches one, before it is answered. */
export function loaderRoute(
  app: FastifyInstance,
  { loaderDirectory }: LoaderDeps,
  onLoader: (request: FastifyRequest, name: string) => void = () => {},
): void {
  app.route<{ Params: { name: string } }>({
    method: ['GET', 'HEAD'],
    url: `${LOADER_PATH}:name`,
    handler: async (request, reply) => {
      const { name } = request.params;
      const names = await namesIn(loaderDirectory);
      if (!names.includes(name)) throw new ReconError('not-found', `there is no boot loader ${name}`);
      if (request.method === 'GET') onLoader(request, name);
      return sendFile(request, reply, { path: join(loaderDirectory, name), name, contentType: 'application/efi' });
    },
  });
}
