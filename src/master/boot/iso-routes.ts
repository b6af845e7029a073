import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { PATHS } from '../../domain/api.ts';
import { ReconError } from '../../domain/errors.ts';
import { sendFile } from '../http/send-file.ts';
import { filesIn } from '../http/served-directory.ts';

export interface IsoDeps {
  /** RECONDATA, or a directory in RAM */
  dataDirectory: string;
  /** the medium of the data directory */
  medium: { requireThere(): void };
}

/** ISO images that somebody put into `isos/` on the data partition. */
export function isoRoutes(app: FastifyInstance, { dataDirectory, medium }: IsoDeps): void {
  const directory = join(dataDirectory, 'isos');
  const images = async () => {
    // an empty list would say that there are none
    medium.requireThere();
    return filesIn(directory, /\.iso$/i);
  };
  app.get(PATHS.isos, images);
  app.route<{ Params: { name: string } }>({
    method: ['GET', 'HEAD'],
    url: `${PATHS.isos}:name`,
    handler: async (request, reply) => {
      const { name } = request.params;
      const found = (await images()).find((file) => file.name === name);
      if (found === undefined) throw new ReconError('not-found', `there is no ${name} in isos/ on the stick`);
      return sendFile(request, reply, { path: join(directory, found.name), name: found.name });
    },
  });
}
