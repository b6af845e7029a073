import type { FastifyInstance } from 'fastify';
import { type NodeSummary, PATHS } from '../../domain/api.ts';
import { ReconError } from '../../domain/errors.ts';
import type { PageParts } from '../../domain/web-page.ts';
import { sendPage, webPage } from '../http/web-page.ts';
import { rested } from './rested.ts';
import type { VisitFacts } from './visit-facts.ts';
import { visitInFull } from './visit-summary.ts';

export interface PageDeps {
  /** without it there is no page, only its data */
  page: PageParts | undefined;
  nodes: () => readonly NodeSummary[];
  visit: () => VisitFacts;
}

/** The page for phones and laptops, and the visit as a whole. */
export function pageRoutes(app: FastifyInstance, { page: parts, nodes, visit }: PageDeps): void {
  const page = parts === undefined ? undefined : webPage(parts, { noscript: 'The machines as JSON: <a href="/nodes">/nodes</a>' });
  app.get(PATHS.page, async (_request, reply) => {
    if (page === undefined) throw new ReconError('not-found', 'this master runs without a page', { hint: `GET ${PATHS.nodes}` });
    return sendPage(reply, page);
  });
  // it counts all machines
  const inFull = rested(
    () => {
      const listed = nodes();
      return { count: listed.length, bytes: Buffer.from(JSON.stringify(visitInFull(visit(), listed))) };
    },
    ({ count }) => count,
  );
  app.get(PATHS.visit, async (_request, reply) => {
    void reply.header('cache-control', 'no-store');
    return reply.type('application/json; charset=utf-8').send(inFull().bytes);
  });
}
