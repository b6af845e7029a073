import { messageOf } from '../../domain/values/message-of.ts';
import type { Log } from '../../platform/log.ts';
import { fenceOffers } from '../../platform/network/offer-fence.ts';

/** Before dnsmasq answers: no address is offered twice. Where that cannot be had, machines are served all the same: who is refused asks again. */
export async function keepOffersApart(log: Log): Promise<void> {
  await fenceOffers().catch((error: unknown) =>
    log.warn(`one address may be offered to two machines that ask at the same moment: ${messageOf(error)}`),
  );
}
