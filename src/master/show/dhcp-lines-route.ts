import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { LoadedArchitecture } from '../../domain/firmware.ts';
import { isIpv4 } from '../../domain/ip-address.ts';
import { ADDRESS_PLACEHOLDER, serverLines } from '../guard/foreign-server/lines.ts';

const Query = z.looseObject({
  address: z.string().refine(isIpv4).optional().catch(undefined),
});

export interface DhcpLinesDeps {
  /** the firmware that we have a loader for */
  architectures: readonly LoadedArchitecture[];
}

/** `GET /networks/dhcp-lines.txt?address=192.168.9.250`: for the administrator of another DHCP server; the address is ours over there. */
export function dhcpLinesRoute(app: FastifyInstance, { architectures }: DhcpLinesDeps): void {
  app.get('/networks/dhcp-lines.txt', async (request, reply) =>
    reply.type('text/plain; charset=utf-8').send(serverLines(Query.parse(request.query).address ?? ADDRESS_PLACEHOLDER, architectures)),
  );
}
