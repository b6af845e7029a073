import type { ExpectedMachines } from '../../domain/expected-machines.ts';
import type { SegmentView } from '../../domain/web-api.ts';
import type { PageParts } from '../../domain/web-page.ts';
import type { SealedTarball } from '../../seal/seal-tarball.ts';
import type { Pin } from './pin.ts';

/** What the web page needs beside the machines themselves. */
export interface WebDeps {
  /** without it there is no page, only its data */
  page: PageParts | undefined;
  pin: Pin;
  segments: () => readonly SegmentView[];
  /** the newest tarball of this run */
  tarball: () => (SealedTarball & { isCurrent: boolean }) | undefined;
  site: string | undefined;
  expected: ExpectedMachines | undefined;
  /** powers the master off; without it the page has no such button */
  onPowerOff: (() => Promise<void> | void) | undefined;
  /** answers no new machine from now on; without it the page has no such button */
  onDone: (() => Promise<void> | void) | undefined;
  now: () => Date;
  /** how often changes are told, in milliseconds; a second when missing */
  tickMs?: number;
  /** how long a page may take nothing of what it was sent, in milliseconds; 30 seconds when missing */
  patienceMs?: number;
}
