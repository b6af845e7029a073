import type { FastifyRequest } from 'fastify';
import { TOKEN_HEADER } from '../../domain/api.ts';
import { ReconError } from '../../domain/errors.ts';
import { headerOf } from '../../master/http/request-header.ts';
import type { AskingMachine } from './asking-machine.ts';
import type { MachinesDeps } from './machines-deps.ts';

/** Lets a machine report that holds the token of its boot, or the key that took its place. @throws ReconError `token-wrong` */
export function requireToken({ tokens }: Pick<MachinesDeps, 'tokens'>, asker: AskingMachine, request: FastifyRequest): void {
  if (!tokens.isKnown(asker.mac, headerOf(request, TOKEN_HEADER) ?? '')) throw wrongToken(asker);
}

export function wrongToken({ mac }: AskingMachine): ReconError {
  return new ReconError('token-wrong', `this is not the token of this boot of ${mac}`, { hint: 'Boot the machine again.' });
}
