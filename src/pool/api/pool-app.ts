import { Readable } from 'node:stream';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { ReconError } from '../../domain/errors.ts';
import { POOL_API, ROUTES_HINT } from '../../domain/pool/api-path.ts';
import type { Person } from '../../domain/pool/person.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { issueWords } from '../../domain/values/issue-words.ts';
import type { PageParts } from '../../domain/web-page.ts';
import { answerClientError, answerUnreadablePath } from '../../master/http/answer-client-error.ts';
import { answerErrors } from '../../master/http/answer-errors.ts';
import { boundAnswers } from '../../master/http/bound-answers.ts';
import { capConnections } from '../../master/http/cap-connections.ts';
import { clientKey } from '../../master/http/client-network.ts';
import { lingeringClose } from '../../master/http/lingering-close.ts';
import { headerOf } from '../../master/http/request-header.ts';
import { sendPage, webPage } from '../../master/http/web-page.ts';
import { answerNamedHosts } from './answer-named-hosts.ts';
import { eventReaders } from './events-route.ts';
import { addIssuerRoutes, ISSUER_RETURN } from './issuer-routes.ts';
import type { PoolAppOptions } from './parts/deps.ts';
import { withLaterName } from './parts/later-name.ts';
import { StaleChange } from './parts/make-change.ts';
import { openApiDocument } from './parts/open-api.ts';
import { answerProblems } from './parts/problem-documents.ts';
import { type ApiRoute, FILE_TYPE, type RouteAccess, revisionFrom } from './parts/route.ts';
import { poolRoutes, UNANSWERED } from './pool-routes.ts';
import { requireAccess, requireOwnPage, SESSION_COOKIE, sessionOf, whoAsks } from './who-asks.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** who may call this route; one without it is not taken */
    may?: RouteAccess;
  }
}

const PAGE = '/';
const HELD_ANSWER_BYTES = 64 * 1024 * 1024;
const CONNECTIONS = 1024;
const CONNECTIONS_PER_ADDRESS = 64;

/**
 * The application for people and programs, not listening yet: the API, its document, its events, and the page where there is one. What machines
 * ask for is another application on another listener; they have no route in common.
 */
export function poolApp(options: PoolAppOptions): FastifyInstance {
  const app = newApp(options);
  const routes = poolRoutes(options);
  const readers = eventReaders(options.events);
  const persons = new WeakMap<FastifyRequest, Person>();
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.may === undefined) throw new Error(`${String(method)} ${url} does not say who may call it`);
  });
  app.addHook('onRequest', async (request) => {
    // whoever follows a link in a mail comes from another page; it shows nothing before it has asked by itself
    if (request.routeOptions.url !== PAGE && request.routeOptions.url !== ISSUER_RETURN) requireOwnPage(request);
    const person = await whoAsks(request, options.people, options.trusts);
    if (person !== undefined) persons.set(request, person);
    requireAccess(person, request.routeOptions.config.may ?? 'admin');
  });
  // read by the route, which knows how much it may be; a page of somebody else cannot send this type without asking
  app.addContentTypeParser(FILE_TYPE, (_request, payload, done) => done(null, payload));
  for (const route of routes) addRoute(app, route, options, (request) => persons.get(request));
  const document = openApiDocument([...routes, ...UNANSWERED], options.version);
  app.get(`${POOL_API}/openapi.json`, { config: { may: 'anyone' } }, () => document);
  app.get(`${POOL_API}/events`, { config: { may: 'viewer' } }, (request, reply) =>
    readers.add(request, reply, async () => (await whoAsks(request, options.people, options.trusts).catch(() => undefined)) !== undefined),
  );
  addIssuerRoutes(app, { ...options, isLocal: options.hosts === undefined, setSession });
  if (options.page !== undefined) addPage(app, options.page);
  app.addHook('preClose', async () => readers.endAll());
  return app;
}

function newApp({ log, hosts, tls }: PoolAppOptions): FastifyInstance {
  const app = Fastify({
    ...{ logger: false, exposeHeadRoutes: false, trustProxy: false, bodyLimit: 64 * 1024 },
    ...{ connectionTimeout: 60_000, requestTimeout: 120_000, keepAliveTimeout: 20_000 },
    http: { headersTimeout: 20_000, connectionsCheckingInterval: 10_000 },
    ...(tls === undefined ? {} : { https: { ...tls, minVersion: 'TLSv1.2' as const } }),
    clientErrorHandler: answerClientError,
    frameworkErrors: answerUnreadablePath,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    forceCloseConnections: true,
  }) as unknown as FastifyInstance;
  // only JSON: a form of another page can send text without asking
  app.removeContentTypeParser('text/plain');
  if (hosts !== undefined) {
    capConnections(app.server, { inAll: CONNECTIONS, perAddress: CONNECTIONS_PER_ADDRESS, isLeased: () => false });
    answerNamedHosts(app, hosts);
  }
  app.addHook('onSend', (_request, reply, payload, done) => {
    void reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer');
    if (tls !== undefined) void reply.header('strict-transport-security', 'max-age=31536000');
    done(null, payload);
  });
  // a conflict has more to say than a sentence: both sides
  answerErrors(
    app,
    log,
    (error) => Promise.resolve(error),
    (error) => (error instanceof StaleChange ? error.conflict : {}),
  );
  answerProblems(app);
  lingeringClose(app);
  boundAnswers(app, HELD_ANSWER_BYTES);
  return app;
}

function addPage(app: FastifyInstance, parts: PageParts): void {
  const page = webPage(parts, { noscript: `What it shows, as JSON: <a href="${POOL_API}/nodes">${POOL_API}/nodes</a>` });
  app.get(PAGE, { config: { may: 'anyone' } }, (_request, reply) => sendPage(reply, page));
}

function addRoute(
  app: FastifyInstance,
  route: ApiRoute,
  options: PoolAppOptions,
  personOf: (request: FastifyRequest) => Person | undefined,
): void {
  const { method, path, may, mostBytes } = route;
  app.route({
    ...{ method, url: `${POOL_API}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`, config: { may } },
    ...definedOnly({ bodyLimit: mostBytes }),
    handler: async (request, reply) => {
      const signedIn = personOf(request);
      const answered = route.answer({
        params: taken(route.params, request.params, 'the path'),
        query: taken(route.query, request.query, 'the query'),
        body: route.body === undefined ? undefined : taken(route.body, request.body ?? {}, 'the body'),
        upload: route.takesFile === undefined ? undefined : uploadOf(request.body),
        ...{ person: signedIn ?? { name: 'nobody', role: 'viewer', groups: [] }, signedIn, session: sessionOf(request) },
        setSession: (secret) => setSession(reply, secret),
        from: options.hosts === undefined ? 'this machine' : clientKey(request.ip),
        ifRevision: () => revisionFrom(headerOf(request, 'if-match')),
      });
      return answered.catch(async (error: unknown) => Promise.reject(await withLaterName(error, options.store)));
    },
  });
}

/** @throws ReconError `usage` when something else was sent than a file */
function uploadOf(body: unknown): AsyncIterable<Uint8Array> {
  if (body instanceof Readable) return body;
  throw new ReconError('usage', 'this takes a file', { hint: `content-type: ${FILE_TYPE}` });
}

function setSession(reply: FastifyReply, secret: string | undefined): void {
  const flags = 'Path=/; HttpOnly; Secure; SameSite=Strict';
  void reply.header(
    'set-cookie',
    secret === undefined ? `${SESSION_COOKIE}=; Max-Age=0; ${flags}` : `${SESSION_COOKIE}=${secret}; ${flags}`,
  );
}

/** @throws ReconError `usage`, with each mistake */
function taken(schema: z.ZodType, value: unknown, where: string): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const said = parsed.error.issues.slice(0, 10).map((one) => `${one.path.length === 0 ? where : one.path.join('.')}: ${issueWords(one)}`);
  throw new ReconError('usage', said.join('; '), { hint: ROUTES_HINT });
}
