import type { FastifyInstance } from 'fastify';
import { plainAddress } from '../../domain/ip-address.ts';
import { grubRoutes } from '../../master/boot/grub-routes.ts';
import { answerErrors } from '../../master/http/answer-errors.ts';
import { lingeringClose } from '../../master/http/lingering-close.ts';
import { machinesServer } from '../../master/http/machines-server.ts';
import { answerOwnNamesOnly } from '../../master/http/own-host.ts';
import { nodeAt } from '../decide/known-node.ts';
import { fileRoutes } from './file-routes.ts';
import type { MachinesDeps } from './machines-deps.ts';
import { reportRoutes } from './report-routes.ts';
import { scriptRoutes } from './script-routes.ts';
import { tokenRoutes } from './token-routes.ts';

/** The private side of a head node, for machines only: nothing here changes what is wanted. Not listening yet. */
export function machinesApp(deps: MachinesDeps): FastifyInstance {
  const { limits, isServedAddress, leases, log, pool } = deps;
  const isLeased = (address: string): boolean =>
    leases.leaseHolder(plainAddress(address)) !== undefined || nodeAt(pool(), plainAddress(address)) !== undefined;
  const app = machinesServer({ limits, isServedAddress, isLeased, requestTimeoutMs: limits.headersTimeoutMs * 3 });
  // first: the answer for paths that nobody has takes the hooks that were there before it
  answerOwnNamesOnly(app, { isServedAddress });
  answerErrors(app, log, async (error) => error);
  lingeringClose(app);
  scriptRoutes(app, deps);
  fileRoutes(app, deps);
  grubRoutes(app, deps);
  tokenRoutes(app, deps);
  reportRoutes(app, deps);
  return app;
}
