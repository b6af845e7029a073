import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { MODELS, pathOfModel } from './netbox-models.ts';
import { shownObject } from './netbox-shown.ts';
import { NetboxStore, type Stored } from './netbox-store.ts';

export const TOKEN = '0123456789abcdef0123456789abcdef01234567';

/** What a test wants to go wrong with a request: an answer in its place, or `lost`: it is done, and the connection breaks before the answer. */
export type Trouble = { status: number; headers?: Record<string, string>; body?: unknown } | 'lost' | undefined;

export interface NetboxServer extends AsyncDisposable {
  url: string;
  store: NetboxStore;
  /** `POST dcim/devices` of each request */
  requests: string[];
  /** rights of the token's user; missing: all */
  rights: Set<string> | undefined;
  trouble: (request: { method: string; path: string; count: number }) => Trouble;
}

interface ServerOptions {
  version?: string;
  /** as MAX_PAGE_SIZE */
  pageObjects?: number;
  tls?: { key: string; cert: string };
}

/**
 * A NetBox of the test's own: it takes what NetBox's API takes after its documented schema, and is stricter, because it takes no field or filter that it does not know. Lists are
 * taken as a whole or not at all, and shown in pages.
 */
export async function startNetbox({ version = '4.4.2', pageObjects = 7, tls }: ServerOptions = {}): Promise<NetboxServer> {
  const store = new NetboxStore();
  const server = tls === undefined ? createServer() : createTlsServer(tls);
  const state: Pick<NetboxServer, 'requests' | 'rights' | 'trouble'> = { requests: [], rights: undefined, trouble: () => undefined };
  server.on('request', (request: IncomingMessage, response) => {
    const url = new URL(request.url ?? '/', 'http://x');
    const path = url.pathname.replace(/^\/api\//, '').replace(/\/$/, '');
    const method = request.method ?? 'GET';
    state.requests.push(`${method} ${path}`);
    void text(request).then((body) => {
      const trouble = state.trouble({ method, path, count: state.requests.length });
      if (trouble !== undefined && trouble !== 'lost') {
        response
          .writeHead(trouble.status, { 'content-type': 'application/json', ...trouble.headers })
          .end(JSON.stringify(trouble.body ?? {}));
        return;
      }
      const answer =
        refused(request, path, method, state.rights) ??
        answered({ store, version, pageObjects }, { method, path, query: url.searchParams, body });
      if (trouble === 'lost') return void request.socket.destroy();
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    ...{ url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`, store },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<unknown>((resolve) => server.close(resolve));
    },
  });
}

interface ServerAnswer {
  status: number;
  body: unknown;
}

function refused(
  request: IncomingMessage,
  path: string,
  method: string,
  rights: ReadonlySet<string> | undefined,
): ServerAnswer | undefined {
  const said = request.headers.authorization;
  if (said !== `Token ${TOKEN}` && said !== `Bearer nbt_abcdefabcdef.${TOKEN}`)
    return { status: 403, body: { detail: `Invalid token ${said?.replace(/^\w+ /, '') ?? ''}` } };
  const word = ({ GET: 'view', POST: 'add', PATCH: 'change' } as Record<string, string>)[method] ?? 'delete';
  const right = MODELS[path]?.model.replace('.', `.${word}_`);
  if (right === undefined || rights === undefined || rights.has(right)) return undefined;
  return { status: 403, body: { detail: 'You do not have permission to perform this action.' } };
}

interface AskedRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  body: string;
}

function answered(
  of: { store: NetboxStore; version: string; pageObjects: number },
  { method, path, query, body }: AskedRequest,
): ServerAnswer {
  if (path === 'status') return { status: 200, body: { 'netbox-version': of.version, 'django-version': '5.2', plugins: {} } };
  if (MODELS[path] === undefined) return { status: 404, body: { detail: 'Not found.' } };
  if (method === 'GET') return listed(of.store, path, query, of.pageObjects);
  const objects = JSON.parse(body) as Record<string, unknown>[];
  if (!Array.isArray(objects)) return { status: 400, body: { detail: 'a list is expected by this test' } };
  if (method === 'POST') return created(of.store, path, objects);
  return method === 'PATCH' ? changed(of.store, path, objects) : { status: 405, body: { detail: `Method "${method}" not allowed.` } };
}

/** All of them, or none. */
function created(store: NetboxStore, path: string, objects: readonly Record<string, unknown>[]): ServerAnswer {
  const made: Stored[] = [];
  const faults = objects.map((fields) => {
    const said = store.faults(path, fields);
    if (Object.keys(said).length === 0) made.push(store.put(path, fields));
    return said;
  });
  if (made.length < objects.length) {
    for (const { id } of made) store.remove(path, id);
    return { status: 400, body: faults };
  }
  for (const object of made) store.instantiate(path, object);
  return { status: 201, body: made.map((object) => shownObject(store, path, object)) };
}

function changed(store: NetboxStore, path: string, objects: readonly Record<string, unknown>[]): ServerAnswer {
  const before = objects.map(({ id }) => store.get(path, id));
  if (new Set(objects.map(({ id }) => id)).size !== objects.length) return { status: 400, body: { detail: 'an object is there twice' } };
  const after = objects.map((fields, at) => ({ ...before[at], ...fields }));
  const faults = after.map((fields, at) => {
    const { id, ...rest } = fields as Stored;
    return before[at] === undefined ? { id: [`Invalid pk "${id}"`] } : store.faults(path, rest, id);
  });
  if (faults.some((said) => Object.keys(said).length > 0)) return { status: 400, body: faults };
  return { status: 200, body: after.map(({ id, ...fields }) => shownObject(store, path, store.put(path, fields, id as number))) };
}

function listed(store: NetboxStore, path: string, query: URLSearchParams, pageObjects: number): ServerAnswer {
  const rule = MODELS[path];
  const names = [...new Set(query.keys())].filter((name) => !['limit', 'offset', 'ordering', 'brief', 'exclude'].includes(name));
  const strange = names.filter((name) => rule?.filters.includes(name) !== true);
  if (rule === undefined || strange.length > 0) return { status: 400, body: { detail: `no filter ${strange.join(', ')}` } };
  if (query.get('ordering') !== 'id') return { status: 400, body: { detail: 'pages without an order may lose objects' } };
  const found = store
    .all(path)
    .filter((object) => names.every((name) => query.getAll(name).some((value) => isLetThrough(store, path, object, { name, value }))));
  const offset = Number(query.get('offset') ?? 0);
  const limit = Math.min(Number(query.get('limit') ?? 50), pageObjects);
  const page = found.toSorted((a, b) => a.id - b.id).slice(offset, offset + limit);
  const shown = page.map((object) => shownObject(store, path, object));
  const results =
    query.get('brief') === 'true'
      ? shown.map((one) => Object.fromEntries(Object.entries(one).filter(([field]) => rule.brief.includes(field))))
      : shown;
  // a NetBox behind a proxy names itself by an address that only the proxy knows
  const next = offset + limit < found.length ? `http://other.invalid/api/${path}/?limit=${limit}&offset=${offset + limit}` : null;
  return { status: 200, body: { count: found.length, next, previous: null, results } };
}

function isLetThrough(store: NetboxStore, path: string, object: Stored, { name, value }: { name: string; value: string }): boolean {
  if (name === 'device_id') {
    const port =
      pathOfModel(String(object['assigned_object_type'])) === undefined
        ? undefined
        : store.get('dcim/interfaces', object['assigned_object_id']);
    return String(object['device'] ?? port?.['device']) === value;
  }
  if (name === 'address') return String(object['address']).replace(/\/.*/, '') === value;
  const field = name.replace(/__ie$/, '');
  const has = String(object[field] ?? '');
  return name.endsWith('__ie') ? has.toLowerCase() === value.toLowerCase() : path !== '' && has === value;
}
