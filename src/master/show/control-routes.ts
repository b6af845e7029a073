import type { FastifyInstance, FastifyRequest } from 'fastify';
import { PATHS } from '../../domain/api.ts';
import { ReconError } from '../../domain/errors.ts';
import { isLoopback } from '../../domain/ip-address.ts';
import { type ControlAction, PIN_HEADER } from '../../domain/page-paths.ts';
import type { SealedTarball } from '../../seal/seal-tarball.ts';
import { isFromOwnPage } from '../http/same-origin.ts';
import type { SealKind } from '../seal/sealing.ts';
import type { Pin } from './pin.ts';

export interface ControlDeps {
  pin: Pick<Pin, 'check'>;
  seal: (kind?: SealKind) => Promise<SealedTarball>;
  /** powers the master off; without it the page has no such button */
  onPowerOff: (() => Promise<void> | void) | undefined;
  /** answers no new machine from now on; without it the page has no such button */
  onDone: (() => Promise<void> | void) | undefined;
  /** looks again at the networks that are not served; without it the page has no such button */
  onLook?: (() => string[]) | undefined;
}

/** Lets in who brings the PIN, or asks from this machine itself. @throws ReconError `pin-wrong`, `pin-locked`, `forbidden` for another web page */
export function withPin(pin: ControlDeps['pin']): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    const isBrowser = isFromOwnPage(request);
    if (!isBrowser && isLoopback(request.ip)) return;
    const given = request.headers[PIN_HEADER];
    pin.check(request.ip, typeof given === 'string' ? given : undefined);
  };
}

/** What a person may ask for: with the PIN, or from this machine itself. */
export function controlRoutes(app: FastifyInstance, { pin, seal, onPowerOff, onDone, onLook }: ControlDeps): void {
  const authorise = withPin(pin);
  app.post(PATHS.seal, { onRequest: authorise }, async () => {
    const { name, sizeBytes, sha256, machines } = await seal();
    return { name, sizeBytes, sha256, machines };
  });
  app.post(PATHS.sealWithoutCaptures, { onRequest: authorise }, async () => {
    const { name, sizeBytes, sha256, machines } = await seal('without-captures');
    return { name, sizeBytes, sha256, machines };
  });
  app.post(PATHS.powerOff, { onRequest: authorise }, async (_request, reply) => {
    if (onPowerOff === undefined) throw notHere('power off');
    const { name, sizeBytes, sha256, machines } = await sealForGood(seal);
    // whoever asked should read the answer before we are gone
    reply.raw.once('close', () => void onPowerOff());
    return reply.code(202).send({ name, sizeBytes, sha256, machines });
  });
  app.post(PATHS.done, { onRequest: authorise }, async (_request, reply) => {
    if (onDone === undefined) throw notHere('stop discovery');
    await onDone();
    return reply.code(204).send();
  });
  app.post(PATHS.look, { onRequest: authorise }, async (_request, reply) => {
    if (onLook === undefined) throw notHere('look again');
    onLook();
    return reply.code(204).send();
  });
}

/** At the end nobody can be asked any more: without raw captures when only that fits. */
async function sealForGood(seal: ControlDeps['seal']): Promise<SealedTarball> {
  try {
    return await seal();
  } catch (error) {
    if (error instanceof ReconError && error.code === 'disk-full') return seal('without-captures');
    throw error;
  }
}

/** The buttons of the page. */
export function controlActions(
  { onPowerOff, onDone, onLook }: Partial<ControlDeps>,
  { isDiscoveryOver, isSilentSomewhere, isShort }: { isDiscoveryOver: boolean; isSilentSomewhere: boolean; isShort: boolean },
): ControlAction[] {
  return [
    'seal',
    ...(isShort ? (['seal-without-captures'] as const) : []),
    ...(onDone === undefined || isDiscoveryOver ? [] : (['done'] as const)),
    ...(onLook === undefined || !isSilentSomewhere ? [] : (['look'] as const)),
    ...(onPowerOff === undefined ? [] : (['power-off'] as const)),
  ];
}

function notHere(what: string): ReconError {
  return new ReconError('not-found', `this master cannot ${what}`, { hint: 'Use the power button.' });
}
