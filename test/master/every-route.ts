import type { FastifyInstance } from 'fastify';

const MAC = '52-54-00-00-00-01';

/** Every method and path that the application answers, with something in the place of a parameter; read from the tree that Fastify prints. */
export async function everyRoute(app: FastifyInstance): Promise<[method: 'GET' | 'HEAD' | 'POST' | 'PUT', url: string][]> {
  await app.ready();
  const above: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const found = /^([│ ]*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?$/.exec(line);
      if (found === null) return [];
      const [, indent = '', part = '', methods = ''] = found;
      const depth = indent.length / 4;
      above.length = depth;
      above.push(part);
      const url = above.join('').replace(':mac', MAC).replaceAll(/:\w+/g, 'name');
      return methods.split(', ').flatMap((method): [Method, string][] => (isMethod(method) ? [[method, url]] : []));
    });
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT'] as const;
type Method = (typeof METHODS)[number];

function isMethod(text: string): text is Method {
  return METHODS.some((method) => method === text);
}
