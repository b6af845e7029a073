import { ReconError } from '../../domain/errors.ts';

/** How much goes on at the same time, in all and per address. */
export interface Slots {
  /**
   * Takes a place; the returned function gives it back. Who has no lease of ours takes one of the half that is for strangers.
   * @throws ReconError `busy` when there is none left
   */
  enter(address: string, isLeased?: boolean): () => void;
}

/** Places for work that holds memory or a file while it runs. */
export function uploadSlots({ inAll, perAddress }: { inAll: number; perAddress: number }): Slots {
  const taken = new Map<string, number>();
  let sum = 0;
  let strangers = 0;
  const change = (address: string, by: number): void => {
    sum += by;
    const count = (taken.get(address) ?? 0) + by;
    if (count === 0) taken.delete(address);
    else taken.set(address, count);
  };
  return {
    enter: (address, isLeased = true) => {
      if ((taken.get(address) ?? 0) >= perAddress) {
        throw new ReconError('busy', `${address} has ${perAddress} uploads under way already`, { hint: 'Send one after the other.' });
      }
      if (sum >= inAll || (!isLeased && strangers >= inAll / 2)) {
        throw new ReconError('busy', `the master takes ${inAll} uploads at the same time, and has as many`, {
          hint: 'The machine keeps its record and tries again.',
        });
      }
      change(address, 1);
      if (!isLeased) strangers += 1;
      let left = false;
      return () => {
        if (!left) change(address, -1);
        if (!left && !isLeased) strangers -= 1;
        left = true;
      };
    },
  };
}
