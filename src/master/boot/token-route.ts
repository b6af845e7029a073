import type { FastifyInstance } from 'fastify';
import { ReconError } from '../../domain/errors.ts';
import { plainAddress } from '../../domain/ip-address.ts';
import type { Leases } from '../dhcp/leases.ts';
import { requireBootClient } from '../http/boot-client.ts';
import { machineOf } from '../http/machine-parameter.ts';
import type { Tokens } from '../intake/tokens.ts';
import { requireOwnAddress } from './own-address.ts';
import { tokenArchive } from './token-archive.ts';

export interface TokenDeps {
  leases: Pick<Leases, 'addressOf' | 'leaseHolder'>;
  tokens: Pick<Tokens, 'newest'>;
}

/** The token that came into being with the machine's boot script, as an initrd. */
export function tokenRoute(app: FastifyInstance, { leases, tokens }: TokenDeps): void {
  app.get('/nodes/:mac/token.cpio', async (request, reply) => {
    requireBootClient(request);
    const mac = machineOf(request.params);
    const client = plainAddress(request.ip);
    requireOwnAddress(leases, mac, client);
    const minted = tokens.newest(mac);
    if (minted === undefined) throw new ReconError('not-found', `${mac} has not asked for its boot script`);
    if (minted.address !== client && leases.addressOf(mac) !== client)
      throw new ReconError('forbidden', `${mac} did not ask from ${client}`);
    return reply.type('application/octet-stream').header('cache-control', 'no-store').send(tokenArchive(minted.token));
  });
}
