import Fastify, { type FastifyInstance } from 'fastify';
import type { AppDeps } from './app-deps.ts';
import { bootScriptRoutes } from './boot/boot-script-routes.ts';
import { installRoutes } from './boot/install-routes.ts';
import { isoRoutes } from './boot/iso-routes.ts';
import { postRoutes } from './boot/post-routes.ts';
import { answerClientError, answerUnreadablePath } from './http/answer-client-error.ts';
import { answerErrors } from './http/answer-errors.ts';
import { capConnections } from './http/cap-connections.ts';
import { drainSparingly } from './http/drain-sparingly.ts';
import { MASTER_LIMITS } from './http/limits.ts';
import { answerOwnNamesOnly } from './http/same-origin.ts';
import { uploadRoutes } from './intake/upload-routes.ts';
import { controlRoutes } from './show/control-routes.ts';
import { dhcpLinesRoute } from './show/dhcp-lines-route.ts';
import { exportRoutes } from './show/export-routes.ts';
import { liveRoutes } from './show/live-routes.ts';
import { nodeRoutes } from './show/node-routes.ts';
import { webRoutes } from './show/web-routes.ts';

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
