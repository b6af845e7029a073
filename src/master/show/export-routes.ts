import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { PATHS } from '../../domain/api.ts';
import { ReconError } from '../../domain/errors.ts';
import type { SealedTarball } from '../../seal/seal-tarball.ts';
import { isBootClient } from '../http/boot-client.ts';
import { isForeignPage, isKnownPage } from '../http/same-origin.ts';
import { sendFile } from '../http/send-file.ts';
import { filesIn } from '../http/served-directory.ts';

export interface ExportDeps {
  /** where the tarballs lie */
  exportDirectory: string;
  storage: 'stick' | 'ram';
  seal: () => Promise<SealedTarball>;
  medium: { requireThere(): void };
}

const TARBALL = /^recon-.+\.tar\.gz(\.age)?$/;

/** The sealed tarballs. Without a data partition they are made when somebody asks, because nobody can pull a stick for them. */
export function exportRoutes(app: FastifyInstance, { exportDirectory, storage, seal, medium }: ExportDeps): void {
  app.get(PATHS.export, async (request) => {
    // an empty list would say that nothing was ever sealed
    medium.requireThere();
    const files = await filesIn(exportDirectory, TARBALL);
    if (files.length > 0 || storage === 'stick' || isForeignPage(request)) return files;
    // a picture on somebody's page may come without a word on whose page that is
    if (!isBootClient(request) && !isKnownPage(request))
      throw new ReconError('not-found', 'there is no tarball yet', {
        hint: `It is made when nothing has changed for two minutes. The button on http://${request.headers.host ?? ''}/ makes it now, and so does curl with this address.`,
      });
    await seal();
    return filesIn(exportDirectory, TARBALL);
  });
  app.route<{ Params: { name: string } }>({
    method: ['GET', 'HEAD'],
    url: `${PATHS.export}:name`,
    handler: async (request, reply) => {
      medium.requireThere();
      const { name } = request.params;
      const found = (await filesIn(exportDirectory, TARBALL)).find((file) => file.name === name);
      if (found === undefined)
        throw new ReconError('not-found', `there is no tarball ${name}`, { hint: `GET ${PATHS.export} lists them.` });
      return sendFile(request, reply, {
        path: join(exportDirectory, found.name),
        name: found.name,
        contentType: found.name.endsWith('.age') ? 'application/octet-stream' : 'application/gzip',
      });
    },
  });
}
