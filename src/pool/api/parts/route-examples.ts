import examples from './route-examples.json' with { type: 'json' };

/** A route as it was asked, and what it answered. */
export interface RouteExample {
  /** with what stands in for its parameters, and its query; missing: as it is written */
  path?: string;
  body?: unknown;
  reply: unknown;
}

/**
 * By method and path, for the OpenAPI document. Nobody types them: the test that calls every route writes down what it asked and was answered, and holds them
 * against the schemas.
 */
export const ROUTE_EXAMPLES: Readonly<Record<string, RouteExample>> = examples;

/** What stood for each parameter of a route's path, and of its query. Pure. */
export function parametersOf(route: string, asked: string | undefined): Record<string, string> {
  const [path = '', query = ''] = (asked ?? route).split('?');
  const said = path.split('/');
  const inPath = route
    .split('/')
    .flatMap((part, at) => (part.startsWith('{') && asked !== undefined ? [[part.slice(1, -1), said[at] ?? '']] : []));
  return { ...Object.fromEntries(inPath), ...Object.fromEntries(new URLSearchParams(query)) };
}
