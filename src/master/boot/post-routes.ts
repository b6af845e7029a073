import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { PATHS } from '../../domain/api.ts';
import { exists } from '../../platform/files/files.ts';
import { sendFile } from '../http/send-file.ts';

export interface PostDeps {
  /** RECONDATA, or a directory in RAM; a `post.tgz` in it goes before the archive */
  dataDirectory: string;
  /** the workload that peers fetch, a file in RAM */
  postFile: string;
  /** the medium of the data directory */
  medium: { requireThere(): void };
}

/**
 * The workload of the peers. One on the stick goes before the built-in one, so that it can be replaced without a new image. With vendors' tools it
 * has 60 MB and more: it is read from its file for each peer, slice by slice, and never held for one that is slow.
 */
export function postRoutes(app: FastifyInstance, { dataDirectory, postFile, medium }: PostDeps): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: PATHS.post,
    handler: async (request, reply) => {
      // while the stick is gone nobody knows whether there is one on it
      medium.requireThere();
      const replaced = join(dataDirectory, 'post.tgz');
      const path = (await exists(replaced)) ? replaced : postFile;
      return sendFile(request, reply, { path, name: 'post.tgz', contentType: 'application/gzip' });
    },
  });
}
