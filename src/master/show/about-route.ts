import type { FastifyInstance } from 'fastify';
import { type MasterAbout, PATHS } from '../../domain/api.ts';
import { RECORD_SCHEMA } from '../../domain/record/node-record.ts';

export interface AboutDeps {
  /** of the image */
  version: string;
}

/** Who we are, for a machine that booted from a medium of its own and finds us where it would serve. It leaves nothing behind. */
export function aboutRoute(app: FastifyInstance, { version }: AboutDeps): void {
  const about: MasterAbout = { program: 'recon', role: 'master', version, recordSchema: RECORD_SCHEMA };
  app.get(PATHS.about, async () => about);
}
