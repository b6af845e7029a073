import { type ErrorCode, ReconError } from '../../domain/errors.ts';
import type { Stage } from '../../domain/stages.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import type { Ledger } from './ledger.ts';

/** What is doubted of a request: whose it is. One that comes too often, or at the wrong moment, is no doubt. */
const DOUBTS: readonly ErrorCode[] = ['forbidden', 'token-wrong', 'record-kept'];

interface RefusedRequest {
  mac: MacAddress;
  /** who has the address by a lease */
  holder: MacAddress | undefined;
  address: string;
  stage: Stage;
}

/**
 * Does it, and says in the ledger when the request was not believed: of the machine in whose name it came, or else of the one whose address it came from. A name that
 * nobody has been seen under makes no machine. Who asks again and again for the same reason gets one line.
 */
export async function notingRefused<T>(
  ledger: Pick<Ledger, 'add' | 'machine'>,
  { mac, holder, address, stage }: RefusedRequest,
  work: () => Promise<T> | T,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ReconError && DOUBTS.includes(error.code)) {
      const refused = `${error.message.slice(0, 200)} (from ${address})`;
      const known = [mac, holder].flatMap((one) => (one === undefined ? [] : (ledger.machine(one) ?? [])))[0];
      if (known !== undefined && known.refused !== refused) ledger.add({ mac: known.mac, stage, refused });
    }
    throw error;
  }
}
