import type { ExpectedMachines } from '../../domain/expected-machines.ts';
import type { Segment } from '../../domain/network.ts';
import type { SegmentView } from '../../domain/web-api.ts';
import type { PageParts } from '../../domain/web-page.ts';

/** What whoever starts the master gives it for the web page; all of it may be missing. */
export interface PageOptions {
  /** the web page; without it there is only its data */
  page?: PageParts;
  /** what is known of every interface, served or not; only the served ones when missing */
  segmentViews?: (served: readonly Segment[]) => readonly SegmentView[];
  /** what on the stick can be read by whoever has it, although the tarball is encrypted */
  readable?: readonly string[];
  /** what a person should know of how settings and lists on the stick were read, a line each */
  stickSaid?: readonly string[];
  /** part of the tarball's name, and the page's title */
  site?: string;
  /** what should be found */
  expected?: ExpectedMachines;
  /** powers this machine off; without it the page has no such button */
  onPowerOff?: () => Promise<void> | void;
  /** looks again at the networks that are not served, and gives their interfaces; without it the page has no such button */
  onLook?: () => string[];
  /** what the page's button for the end of discovery does; the master's own way when missing */
  onDone?: () => Promise<void> | void;
}
