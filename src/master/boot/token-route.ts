import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ReconError } from '../../domain/errors.ts';
import { plainAddress } from '../../domain/ip-address.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import type { Leases } from '../dhcp/leases.ts';
import { type HoldsAddress, requireOwnAddress } from '../dhcp/own-address.ts';
import { requireBootClient } from '../http/boot-client.ts';
import type { MasterLimits } from '../http/limits.ts';
import { machineOf } from '../http/machine-parameter.ts';
import { rateLimit } from '../http/rate-limit.ts';
import type { Tokens } from '../intake/tokens.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { notingRefused } from '../ledger/note-refused.ts';
import { tokenArchive } from './token-archive.ts';

export interface TokenDeps {
  leases: Pick<Leases, 'addressOf' | 'leaseHolder'>;
  holdsAddress: HoldsAddress;
  tokens: Pick<Tokens, 'newest' | 'mint'>;
  ledger: Pick<Ledger, 'add' | 'machine'>;
  limits: Pick<MasterLimits, 'scriptBurst' | 'scriptsPerSecond' | 'machines'>;
}

/** The token that came into being with the machine's boot script, as an initrd; and a new one for a machine that runs already. */
export function tokenRoute(app: FastifyInstance, { leases, holdsAddress, tokens, limits, ledger }: TokenDeps): void {
  const { scriptBurst: burst, scriptsPerSecond: perSecond, machines: keys } = limits;
  const renewals = rateLimit({ burst, perSecond, keys });
  const noted = <T>(mac: MacAddress, client: string, work: () => T): Promise<T> =>
    notingRefused(ledger, { mac, holder: leases.leaseHolder(client), address: client, stage: 'initrd' }, work);
  const archive = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    requireBootClient(request);
    const mac = machineOf(request.params);
    const client = plainAddress(request.ip);
    const minted = await noted(mac, client, () => {
      requireOwnAddress(leases, mac, client);
      const found = tokens.newest(mac);
      if (found === undefined) throw new ReconError('not-found', `${mac} has not asked for its boot script`);
      if (found.address !== client && leases.addressOf(mac) !== client)
        throw new ReconError('forbidden', `${mac} did not ask from ${client}`);
      return found;
    });
    return reply.type('application/octet-stream').header('cache-control', 'no-store').send(tokenArchive(minted.token));
  };
  app.route({ method: ['GET', 'HEAD'], url: '/nodes/:mac/token.cpio', handler: archive });
  // the master was switched off and on, or the token has become too old: whoever may have a boot script may have a token
  app.post('/nodes/:mac/token', async (request, reply) => {
    requireBootClient(request);
    const mac = machineOf(request.params);
    const client = plainAddress(request.ip);
    await noted(mac, client, () => requireOwnAddress(leases, mac, client));
    if (!renewals.take(client)) throw new ReconError('busy', `${client} asks for tokens too often`, { hint: 'Wait a minute.' });
    const token = await tokens.mint(mac, client, await holdsAddress(mac, client));
    return reply.type('text/plain').header('cache-control', 'no-store').send(token);
  });
}
