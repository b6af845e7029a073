import Fastify, { type FastifyInstance } from 'fastify';
import { plainAddress } from '../../domain/ip-address.ts';
import { answerClientError, answerUnreadablePath } from './answer-client-error.ts';
import { capConnections } from './cap-connections.ts';
import { capPipelining } from './cap-pipelining.ts';
import { capitalHeaders } from './capital-headers.ts';
import type { MasterLimits } from './limits.ts';

/** Which connections are taken, and how long a request may take. */
export interface MachinesServerOptions {
  limits: Pick<MasterLimits, 'connections' | 'connectionsPerAddress' | 'headersTimeoutMs'>;
  requestTimeoutMs: number;
  /** whether a request that came in on this local address may be answered */
  isServedAddress: (localAddress: string) => boolean;
  /** whether this client is one of the machines that there is always a connection for */
  isLeased: (address: string) => boolean;
}

/** A server that machines ask, with bounds and without routes; not listening yet. */
export function machinesServer({ limits, requestTimeoutMs, isServedAddress, isLeased }: MachinesServerOptions): FastifyInstance {
  const app = Fastify({
    logger: false,
    exposeHeadRoutes: false,
    trustProxy: false,
    bodyLimit: 64 * 1024,
    connectionTimeout: 60_000,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: 20_000,
    http: { headersTimeout: limits.headersTimeoutMs, connectionsCheckingInterval: Math.min(10_000, limits.headersTimeoutMs) },
    clientErrorHandler: answerClientError,
    frameworkErrors: answerUnreadablePath,
    // shim asks for `//grubx64.efi` beside itself
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false, ignoreDuplicateSlashes: true },
    forceCloseConnections: true,
  });
  capitalHeaders(app);
  capConnections(app.server, { inAll: limits.connections, perAddress: limits.connectionsPerAddress, isLeased });
  capPipelining(app);
  // Other networks than ours may reach this machine; what is stored belongs to somebody.
  app.server.on('connection', (socket) => {
    if (!isServedAddress(plainAddress(socket.localAddress ?? ''))) socket.destroy();
  });
  return app;
}
