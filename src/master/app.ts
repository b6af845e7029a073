import Fastify, { type FastifyInstance } from 'fastify';
import { answerErrors } from './answer-errors.ts';
import type { AppDeps } from './app-deps.ts';
import { bootScriptRoutes } from './boot-script-routes.ts';
import { controlRoutes } from './control-routes.ts';
import { exportRoutes } from './export-routes.ts';
import { installRoutes } from './install-routes.ts';
import { isoRoutes } from './iso-routes.ts';
import { nodeRoutes } from './node-routes.ts';
import { postRoutes } from './post-routes.ts';
import { uploadRoutes } from './upload-routes.ts';

/** The HTTP application, not listening yet. */
export function buildApp(deps: AppDeps): FastifyInstance {
  const app = Fastify({
    logger: false,
    exposeHeadRoutes: false,
    trustProxy: false,
    bodyLimit: 64 * 1024,
    connectionTimeout: 60_000,
    requestTimeout: 15 * 60_000,
    keepAliveTimeout: 20_000,
    http: { headersTimeout: 20_000 },
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    forceCloseConnections: true,
  });
  app.server.maxConnections = 8192;
  // Other networks than ours may reach this machine; what is stored belongs to somebody.
  app.server.on('connection', (socket) => {
    if (!deps.isServedAddress((socket.localAddress ?? '').replace(/^::ffff:/, ''))) socket.destroy();
  });
  answerErrors(app, deps.log);
  bootScriptRoutes(app, deps);
  installRoutes(app, deps);
  postRoutes(app, deps);
  isoRoutes(app, deps);
  exportRoutes(app, deps);
  nodeRoutes(app, deps);
  controlRoutes(app, deps);
  void app.register(async (uploads) => uploadRoutes(uploads, deps));
  return app;
}
