import { definedOnly } from '../../domain/values/defined-only.ts';
import { afterEvent, type BootEvent, isOnceSpent } from '../decide/boot-history.ts';
import type { Asker } from '../history/boot-book.ts';
import type { WatchedMachine } from '../history/watched-machine.ts';
import type { MachinesDeps } from './machines-deps.ts';

type Deps = Pick<MachinesDeps, 'book' | 'onOnceOver'>;

/** The last file of what cannot report was delivered. */
export function noteDelivered(deps: Deps, asker: Asker): void {
  noteSuccess(deps, asker, { event: 'delivered' });
}

/** A boot has succeeded: a one-shot that it carried is over. `more`: what else is new of the machine. */
export function noteSuccess({ book, onOnceOver }: Deps, asker: Asker, event: BootEvent, more: Partial<WatchedMachine> = {}): void {
  const before = book.of(asker)?.history ?? { scripts: [], onceClaims: 0 };
  const { isOnceOver, ...rest } = before;
  const history = { ...rest, ...definedOnly({ isOnceOver }) };
  book.note(asker, () => ({ history: afterEvent(history, event), ...more }));
  if (isOnceSpent(history, event)) onOnceOver(asker);
}
