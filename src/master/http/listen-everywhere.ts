import type { FastifyInstance } from 'fastify';
import { errorCode } from '../../platform/files/files.ts';

/** Waiting connections that the kernel keeps: a room of machines asks at once. */
const BACKLOG = 4096;

/**
 * Listens on every address. `::` takes IPv4 as well; a kernel without IPv6 does not know it.
 * @throws the system's error, for example EADDRINUSE
 */
export async function listenEverywhere(app: FastifyInstance, port: number): Promise<void> {
  await app.listen({ host: '::', port, backlog: BACKLOG }).catch(async (error: unknown) => {
    if (errorCode(error) !== 'EAFNOSUPPORT') throw error;
    await app.listen({ host: '0.0.0.0', port, backlog: BACKLOG });
  });
}
