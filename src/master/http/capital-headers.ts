import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** GRUB, and under UEFI HTTP boot the firmware's client, which it then uses by the firmware's name. */
const READS_CAPITALS = /^(GRUB|UefiHttpBoot)\b/i;

/**
 * GRUB compares the names of headers letter by letter (2.12, net/http.c and net/efi/http.c): a `content-length` in small letters is none to it, and
 * a file whose length it does not know arrives after a timeout, or empty. Its answers get `Content-Length`, as RFC 9110 prints the names.
 */
export function capitalHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (READS_CAPITALS.test(request.headers['user-agent'] ?? '')) writeCapitals(reply.raw);
    done();
  });
}

function writeCapitals(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (status: number, headers: Record<string, unknown>) => ServerResponse;
  response.writeHead = ((status: number, ...rest: unknown[]) => {
    const headers = Object.assign({}, response.getHeaders(), ...rest.filter((one) => typeof one === 'object' && one !== null));
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    return writeHead(status, Object.fromEntries(Object.entries(headers).map(([name, value]) => [capital(name), value])));
  }) as ServerResponse['writeHead'];
}

function capital(name: string): string {
  return name.replaceAll(/(^|-)[a-z]/g, (letters) => letters.toUpperCase());
}
