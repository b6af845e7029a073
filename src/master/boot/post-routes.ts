import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { PATHS } from '../../domain/api.ts';
import { readOrUndefined } from '../../platform/files/files.ts';

export interface PostDeps {
  /** RECONDATA, or a directory in RAM; a `post.tgz` in it goes before the archive */
  dataDirectory: string;
  /** the workload that peers fetch */
  postArchive: Buffer;
}

/** The workload of the peers. One on the stick goes before the built-in one, so that it can be replaced without a new image. */
export function postRoutes(app: FastifyInstance, { dataDirectory, postArchive }: PostDeps): void {
  app.get(PATHS.post, async (_request, reply) => {
    const replaced = await readOrUndefined(join(dataDirectory, 'post.tgz'));
    return reply.type('application/gzip').send(replaced ?? postArchive);
  });
}
