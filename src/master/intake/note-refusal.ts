import { type ErrorCode, ReconError } from '../../domain/errors.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** What a machine is refused because of the stick, and not because of what it sent. */
const OF_THE_STICK: readonly ErrorCode[] = ['disk-full', 'capture-left-out', 'medium-failed'];

interface NoteRefusalInput {
  ledger: Pick<Ledger, 'add' | 'machine'>;
  mac: MacAddress;
  address: string;
}

/** Does it, and says in the ledger when the stick did not take it; a machine that asks again for the same reason gets no second line. */
export async function notingRefusal<T>({ ledger, mac, address }: NoteRefusalInput, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ReconError && OF_THE_STICK.includes(error.code)) {
      const detail = `not taken: ${error.message.replace(/\d+ MiB are/, 'too few MiB are')}`;
      if (ledger.machine(mac)?.detail !== detail) ledger.add({ mac, stage: 'upload', address, detail });
    }
    throw error;
  }
}
