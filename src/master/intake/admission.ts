import type { FastifyReply, FastifyRequest } from 'fastify';
import { TOKEN_HEADER } from '../../domain/api.ts';
import { ReconError } from '../../domain/errors.ts';
import { plainAddress } from '../../domain/ip-address.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import type { Leases } from '../dhcp/leases.ts';
import { type HoldsAddress, requireOwnAddress } from '../dhcp/own-address.ts';
import { atMinimumRate } from '../http/incoming-body.ts';
import type { MasterLimits } from '../http/limits.ts';
import { machineOf } from '../http/machine-parameter.ts';
import { headerOf } from '../http/request-header.ts';
import { uploadSlots } from './slots.ts';
import type { MintedToken } from './token-file.ts';
import type { Tokens } from './tokens.ts';

export interface AdmissionDeps {
  leases: Pick<Leases, 'addressOf' | 'leaseHolder'>;
  holdsAddress: HoldsAddress;
  tokens: Pick<Tokens, 'find'>;
  limits: Pick<MasterLimits, 'uploads' | 'uploadsPerAddress' | 'bodyGraceMs' | 'slowestBodyBytesPerSecond'>;
}

/** A request whose token is good. */
export interface AdmittedRequest {
  mac: MacAddress;
  address: string;
  /** the address is the machine's by a lease, and not only by its own word */
  isLeased: boolean;
  token: MintedToken;
  request: FastifyRequest;
  /** the body, which nobody has looked at yet */
  chunks: AsyncIterable<Uint8Array>;
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
type Work = (admitted: AdmittedRequest, reply: FastifyReply) => Promise<unknown>;

/**
 * Makes handlers that let a request in with the machine's token only, which is looked at before the body is, and while there is a place.
 * They throw ReconError `token-wrong`, `forbidden` and `busy`, and what the work throws.
 */
export function admission({ leases, holdsAddress, tokens, limits }: AdmissionDeps): (work: Work) => Handler {
  const places = uploadSlots({ inAll: limits.uploads, perAddress: limits.uploadsPerAddress });
  return (work) => async (request, reply) => {
    const mac = machineOf(request.params);
    const address = plainAddress(request.ip);
    const token = tokens.find(mac, headerOf(request, TOKEN_HEADER) ?? '');
    if (token === undefined) throw tokenWrong('the token is not the one that this machine got when it booted');
    // a machine may move with its own lease, and in no other way
    if (token.address !== address && leases.addressOf(mac) !== address) throw tokenWrong(`the token was not given to ${address}`);
    // it may have got its token before the machine itself came and took a lease
    requireOwnAddress(leases, mac, address);
    const isLeased = await holdsAddress(mac, address);
    const leave = places.enter(address, isLeased);
    try {
      return await work({ mac, address, isLeased, token, request, chunks: bodyOf(request, limits) }, reply);
    } finally {
      leave();
    }
  };
}

export function tokenWrong(message: string): ReconError {
  return new ReconError('token-wrong', message, { hint: 'Boot the machine from the network again.' });
}

/** The body. Giving up on it leaves the connection open, so that the client can still read our answer. */
function bodyOf(request: FastifyRequest, { bodyGraceMs, slowestBodyBytesPerSecond }: AdmissionDeps['limits']): AsyncIterable<Uint8Array> {
  const chunks = request.raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  return atMinimumRate({ graceMs: bodyGraceMs, slowestBytesPerSecond: slowestBodyBytesPerSecond }, chunks);
}
