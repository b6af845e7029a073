import type { Segment } from '../../domain/network.ts';
import { guestAddress } from '../../domain/segment-range.ts';
import type { SegmentView } from '../../domain/web-api.ts';

/** What console and page say of an interface, with the address that a laptop may take there. */
export function withGuest(view: SegmentView, served: Segment | undefined): SegmentView {
  const guest = served === undefined ? undefined : guestAddress(served);
  return guest === undefined || view.state !== 'serving' ? view : { ...view, guest };
}
