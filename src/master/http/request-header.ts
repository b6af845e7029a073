import type { FastifyRequest } from 'fastify';

/** A header of a request; of one that came several times, the first. */
export function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
