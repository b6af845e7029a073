import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isIpv4 } from '../../domain/ip-address.ts';
import { ADDRESS_PLACEHOLDER, serverLines } from '../guard/foreign-server/lines.ts';

const Query = z.looseObject({
  address: z.string().refine(isIpv4).optional().catch(undefined),
});

/** `GET /networks/dhcp-lines.txt?address=192.168.9.250`: for the administrator of another DHCP server; the address is ours over there. */
export function dhcpLinesRoute(app: FastifyInstance): void {
  app.get('/networks/dhcp-lines.txt', async (request, reply) =>
    reply.type('text/plain; charset=utf-8').send(serverLines(Query.parse(request.query).address ?? ADDRESS_PLACEHOLDER)),
  );
}
