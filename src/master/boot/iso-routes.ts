import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { PATHS } from '../../domain/api.ts';
import { ReconError } from '../../domain/errors.ts';
import { sendFile } from '../http/send-file.ts';
import { filesIn } from '../http/served-directory.ts';

export interface IsoDeps {
  /** RECONDATA, or a directory in RAM */
  dataDirectory: string;
}

/** ISO images that somebody put into `isos/` on the data partition. */
export function isoRoutes(app: FastifyInstance, { dataDirectory }: IsoDeps): void {
  const directory = join(dataDirectory, 'isos');
  app.get(PATHS.isos, async () => filesIn(directory, /\.iso$/i));
  app.route<{ Params: { name: string } }>({
    method: ['GET', 'HEAD'],
    url: `${PATHS.isos}:name`,
    handler: async (request, reply) => {
      const { name } = request.params;
      const found = (await filesIn(directory, /\.iso$/i)).find((file) => file.name === name);
      if (found === undefined) throw new ReconError('not-found', `there is no ${name} in isos/ on the stick`);
      return sendFile(request, reply, { path: join(directory, found.name), name: found.name });
    },
  });
}
