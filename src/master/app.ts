import type { FastifyInstance } from 'fastify';
import type { Log } from '../platform/log.ts';
import { type BootScriptDeps, bootScriptRoutes } from './boot/boot-script-routes.ts';
import { grubRoutes } from './boot/grub-routes.ts';
import { type InstallDeps, installRoutes } from './boot/install-routes.ts';
import { type IsoDeps, isoRoutes } from './boot/iso-routes.ts';
import type { OtherBoots } from './boot/other-boots.ts';
import { type PostDeps, postRoutes } from './boot/post-routes.ts';
import { type TokenDeps, tokenRoute } from './boot/token-route.ts';
import { answerErrors } from './http/answer-errors.ts';
import { boundAnswers } from './http/bound-answers.ts';
import type { MasterLimits } from './http/limits.ts';
import { lingeringClose } from './http/lingering-close.ts';
import { machinesServer } from './http/machines-server.ts';
import { answerOwnNamesOnly } from './http/own-host.ts';
import { type UploadDeps, uploadRoutes } from './intake/upload-routes.ts';
import type { MediumWatch } from './medium/medium-watch.ts';
import { type AboutDeps, aboutRoute } from './show/about-route.ts';
import { cachedNodes } from './show/cached-nodes.ts';
import { type ControlDeps, controlRoutes, withPin } from './show/control-routes.ts';
import { type DhcpLinesDeps, dhcpLinesRoute } from './show/dhcp-lines-route.ts';
import { type ExportDeps, exportRoutes } from './show/export-routes.ts';
import { type LiveDeps, liveRoutes } from './show/live/routes.ts';
import { type NodeDeps, nodeRoutes } from './show/node-routes.ts';
import { type PageDeps, pageRoutes } from './show/page-routes.ts';
import { type ReadyDeps, readyRoute } from './show/ready-route.ts';

/** What the machines fetch and bring. */
type BootDeps = BootScriptDeps & TokenDeps & InstallDeps & IsoDeps & PostDeps & UploadDeps;
/** What a person looks at and asks for. */
type ShowDeps = ExportDeps & DhcpLinesDeps & PageDeps & LiveDeps & Omit<NodeDeps, 'nodes'> & ReadyDeps & AboutDeps & ControlDeps;

/** What the routes take, each of them a few. */
export type AppOptions = BootDeps &
  ShowDeps & {
    limits: MasterLimits;
    /** whether a request that came in on this local address may be answered */
    isServedAddress: (localAddress: string) => boolean;
    medium: Pick<MediumWatch, 'explain' | 'requireThere'>;
    otherBoots?: OtherBoots | undefined;
    log: Log;
  };

/** The HTTP application, not listening yet. */
export function buildApp(options: AppOptions): FastifyInstance {
  const { limits, isServedAddress, log } = options;
  const app = machinesServer({
    ...{ limits, isServedAddress, requestTimeoutMs: limits.requestTimeoutMs },
    isLeased: (address) => options.leases.leaseHolder(address) !== undefined,
  });
  // first: the answer for paths that nobody has takes the hooks that were there before it
  answerOwnNamesOnly(app, { isServedAddress, rootHost: options.image.rootHost });
  answerErrors(app, log, options.medium.explain);
  lingeringClose(app);
  boundAnswers(app, limits.heldAnswerBytes);
  bootScriptRoutes(app, options);
  tokenRoute(app, options);
  installRoutes(app, options);
  grubRoutes(app, options);
  postRoutes(app, options);
  isoRoutes(app, options);
  dhcpLinesRoute(app, options);
  exportRoutes(app, options);
  void app.register(async (pages) => {
    const nodes = cachedNodes(options.nodes);
    pageRoutes(pages, { ...options, nodes: nodes.list });
    liveRoutes(pages, options);
    nodeRoutes(pages, { ...options, nodes });
    readyRoute(pages, options);
    aboutRoute(pages, options);
    controlRoutes(pages, options);
  });
  void app.register(async (uploads) => uploadRoutes(uploads, options));
  options.otherBoots?.machineRoutes(app);
  options.otherBoots?.peopleRoutes(app, withPin(options.pin));
  return app;
}
