import type { ExpectedMachines } from '../../domain/expected-machines.ts';
import type { Segment } from '../../domain/network.ts';
import type { ControlAction } from '../../domain/page-paths.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { EarlierVisit, VisitStart } from '../../domain/visit/visit-start.ts';
import type { SegmentView, StorageTrouble } from '../../domain/web-api.ts';
import type { SealedTarball } from '../../seal/seal-tarball.ts';
import { controlActions } from './control-routes.ts';
import type { PageOptions } from './page-options.ts';
import { withGuest } from './with-guest.ts';

/** What is known of the visit beside its machines, at one moment. */
export interface VisitFacts {
  now: Date;
  /** of the image */
  version: string;
  site: string | undefined;
  visit?: VisitStart;
  /** what else is on the stick */
  earlier?: readonly EarlierVisit[];
  storage: 'stick' | 'ram';
  /** what on the stick can be read by whoever has it, although the tarball is encrypted */
  readable?: readonly string[];
  /** how settings and lists on the stick were read */
  stickSaid?: readonly string[];
  segments: readonly SegmentView[];
  /** the newest tarball of this run */
  tarball: (SealedTarball & { isCurrent: boolean }) | undefined;
  expected: ExpectedMachines | undefined;
  /** why no new machine is answered any more; undefined while discovery is open */
  discoveryOver: string | undefined;
  /** what keeps records or the tarball from the stick */
  storageTrouble: StorageTrouble | undefined;
  actions: readonly ControlAction[];
}

/** What stays the same for a whole visit, and what is so at this moment. */
interface VisitInput {
  options: Omit<PageOptions, 'page'> & Pick<VisitFacts, 'version' | 'storage' | 'visit' | 'earlier'>;
  moment: Pick<VisitFacts, 'now' | 'tarball' | 'discoveryOver' | 'storageTrouble'> & { served: readonly Segment[] };
}

/** Puts together what the page says of the visit. */
export function visitFacts({ options, moment: { served, ...moment } }: VisitInput): VisitFacts {
  const { version, storage, readable, stickSaid, site, visit, earlier, expected, segmentViews = viewServed } = options;
  const segments = segmentViews(served);
  const isSilentSomewhere = segments.some(({ state }) => state === 'refused');
  return {
    ...{ version, storage, site, expected, ...moment },
    ...definedOnly({ visit, earlier, readable, stickSaid }),
    segments,
    actions: controlActions(options, {
      isDiscoveryOver: moment.discoveryOver !== undefined,
      isSilentSomewhere,
      isShort: moment.storageTrouble?.state === 'no-room-for-tarball',
    }),
  };
}

function viewServed(served: readonly Segment[]): SegmentView[] {
  return served.map((one) => withGuest({ interface: one.interface, address: one.address, state: 'serving' }, one));
}
