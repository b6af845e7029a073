import Fastify, { type FastifyInstance } from 'fastify';
import { plainAddress } from '../../domain/ip-address.ts';
import { answerClientError, answerUnreadablePath } from '../../master/http/answer-client-error.ts';
import { answerErrors } from '../../master/http/answer-errors.ts';
import { capConnections } from '../../master/http/cap-connections.ts';
import { lingeringClose } from '../../master/http/lingering-close.ts';
import { answerOwnNamesOnly } from '../../master/http/own-host.ts';
import { nodeAt } from './asking-machine.ts';
import { fileRoutes } from './file-routes.ts';
import type { MachinesDeps } from './machines-deps.ts';
import { scriptRoutes } from './script-routes.ts';
import { tokenRoutes } from './token-routes.ts';

/** The private side of a head node, for machines only: nothing here changes what is wanted. Not listening yet. */
export function machinesApp(deps: MachinesDeps): FastifyInstance {
  const { limits, isServedAddress, leases, log, pool } = deps;
  const app = Fastify({
    logger: false,
    exposeHeadRoutes: false,
    trustProxy: false,
    bodyLimit: 64 * 1024,
    connectionTimeout: 60_000,
    requestTimeout: limits.headersTimeoutMs * 3,
    keepAliveTimeout: 20_000,
    http: { headersTimeout: limits.headersTimeoutMs, connectionsCheckingInterval: Math.min(10_000, limits.headersTimeoutMs) },
    clientErrorHandler: answerClientError,
    frameworkErrors: answerUnreadablePath,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    forceCloseConnections: true,
  });
  const isLeased = (address: string): boolean =>
    leases.leaseHolder(plainAddress(address)) !== undefined || nodeAt(pool(), plainAddress(address)) !== undefined;
  capConnections(app.server, { inAll: limits.connections, perAddress: limits.connectionsPerAddress, isLeased });
  app.server.on('connection', (socket) => {
    if (!isServedAddress(plainAddress(socket.localAddress ?? ''))) socket.destroy();
  });
  // first: the answer for paths that nobody has takes the hooks that were there before it
  answerOwnNamesOnly(app, { isServedAddress });
  answerErrors(app, log, async (error) => error);
  lingeringClose(app);
  scriptRoutes(app, deps);
  fileRoutes(app, deps);
  tokenRoutes(app, deps);
  return app;
}
