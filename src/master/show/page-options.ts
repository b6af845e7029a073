import type { ExpectedMachines } from '../../domain/expected-machines.ts';
import type { Segment } from '../../domain/network.ts';
import type { SegmentView } from '../../domain/web-api.ts';
import type { PageParts } from '../../domain/web-page.ts';
import type { WebDeps } from './web-deps.ts';

/** What whoever starts the master gives it for the web page; all of it may be missing. */
export interface PageOptions {
  /** the web page; without it there is only its data */
  page?: PageParts;
  /** what is known of every interface, served or not; only the served ones when missing */
  segmentViews?: (served: readonly Segment[]) => readonly SegmentView[];
  /** part of the tarball's name, and the page's title */
  site?: string;
  /** what should be found */
  expected?: ExpectedMachines;
  /** powers this machine off; without it the page has no such button */
  onPowerOff?: () => Promise<void> | void;
  /** what the page's button for the end of discovery does; the master's own way when missing */
  onDone?: () => Promise<void> | void;
}

type FromMaster = Pick<WebDeps, 'pin' | 'tarball' | 'now'> & { served: () => readonly Segment[]; onDone: () => Promise<void> };

/** The page's parts of a master. */
export function webDeps(options: PageOptions, { served, onDone: endDiscovery, ...own }: FromMaster): WebDeps {
  const { page, site, expected, onPowerOff, onDone = endDiscovery, segmentViews = viewServed } = options;
  return { page, site, expected, onPowerOff, onDone, segments: () => segmentViews(served()), ...own };
}

function viewServed(served: readonly Segment[]): SegmentView[] {
  return served.map(({ interface: name, address }) => ({ interface: name, address, state: 'serving' }));
}
