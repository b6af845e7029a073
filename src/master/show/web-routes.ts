import type { FastifyInstance } from 'fastify';
import { PATHS } from '../../domain/api.ts';
import { ReconError } from '../../domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import { nodeSummaries } from '../verdict/node-summaries.ts';
import { visitInFull } from './visit-summary.ts';
import { webPage } from './web-page.ts';

/** The page for phones and laptops, and the visit as a whole. */
export function webRoutes(app: FastifyInstance, deps: AppDeps): void {
  const page = deps.web.page === undefined ? undefined : webPage(deps.web.page);
  app.get(PATHS.page, async (_request, reply) => {
    if (page === undefined) throw new ReconError('not-found', 'this master runs without a page', { hint: `GET ${PATHS.nodes}` });
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', page.contentSecurityPolicy)
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer')
      .header('cross-origin-resource-policy', 'same-origin')
      .header('cache-control', 'no-store')
      .send(page.html);
  });
  app.get(PATHS.visit, async (_request, reply) => {
    void reply.header('cache-control', 'no-store');
    return visitInFull(deps, nodeSummaries(deps));
  });
}
