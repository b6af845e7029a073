import Fastify, { type FastifyInstance } from 'fastify';
import { answerClientError, answerUnreadablePath } from './answer-client-error.ts';
import { answerErrors } from './answer-errors.ts';
import type { AppDeps } from './app-deps.ts';
import { bootScriptRoutes } from './boot-script-routes.ts';
import { capConnections } from './cap-connections.ts';
import { controlRoutes } from './control-routes.ts';
import { dhcpLinesRoute } from './dhcp-lines-route.ts';
import { drainSparingly } from './drain-sparingly.ts';
import { exportRoutes } from './export-routes.ts';
import { installRoutes } from './install-routes.ts';
import { isoRoutes } from './iso-routes.ts';
import { MASTER_LIMITS } from './limits.ts';
import { liveRoutes } from './live-routes.ts';
import { nodeRoutes } from './node-routes.ts';
import { postRoutes } from './post-routes.ts';
import { answerOwnNamesOnly } from './same-origin.ts';
import { uploadRoutes } from './upload-routes.ts';
import { webRoutes } from './web-routes.ts';

/** The HTTP application, not listening yet. */
export function buildApp(deps: AppDeps): FastifyInstance {
  const limits = { ...MASTER_LIMITS, ...deps.limits };
  const app = Fastify({
    logger: false,
    exposeHeadRoutes: false,
    trustProxy: false,
    bodyLimit: 64 * 1024,
    connectionTimeout: 60_000,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: 20_000,
    http: { headersTimeout: limits.headersTimeoutMs, connectionsCheckingInterval: Math.min(10_000, limits.headersTimeoutMs) },
    clientErrorHandler: answerClientError,
    frameworkErrors: answerUnreadablePath,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    forceCloseConnections: true,
  });
  app.server.maxConnections = limits.connections;
  capConnections(app.server, limits.connectionsPerAddress);
  // Other networks than ours may reach this machine; what is stored belongs to somebody.
  app.server.on('connection', (socket) => {
    if (!deps.isServedAddress((socket.localAddress ?? '').replace(/^::ffff:/, ''))) socket.destroy();
  });
  answerErrors(app, deps.log);
  drainSparingly(app);
  bootScriptRoutes(app, deps);
  installRoutes(app, deps);
  postRoutes(app, deps);
  isoRoutes(app, deps);
  dhcpLinesRoute(app);
  exportRoutes(app, deps);
  void app.register(async (pages) => {
    answerOwnNamesOnly(pages);
    webRoutes(pages, deps);
    liveRoutes(pages, deps);
    nodeRoutes(pages, deps);
    controlRoutes(pages, deps);
  });
  void app.register(async (uploads) => uploadRoutes(uploads, deps));
  return app;
}
