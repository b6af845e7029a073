import type { NodeSummary } from '../domain/api.ts';
import type { ImageManifest } from '../domain/image.ts';
import type { Discovery } from './dhcp/discovery.ts';
import type { MediumWatch } from './medium/medium-watch.ts';
import { storageTrouble } from './medium/trouble-words.ts';
import type { RunState } from './run-state.ts';
import type { Sealing } from './seal/sealing.ts';
import type { PageOptions } from './show/page-options.ts';
import { type VisitFacts, visitFacts } from './show/visit-facts.ts';
import { nodeSummaries, type Sources } from './verdict/node-summaries.ts';
import type { CurrentVisit } from './visit/begin-visit.ts';

/** The visit as page and screen show it. */
export interface VisitView {
  nodes(): NodeSummary[];
  visit(): VisitFacts;
  /** what the page's button for the end of discovery does */
  onDone: () => Promise<void> | void;
}

interface VisitViewInput {
  settings: PageOptions & { manifest: ImageManifest; storage: 'stick' | 'ram'; now: () => Date };
  state: Pick<RunState, 'segments'>;
  discovery: Discovery;
  sealing: Pick<Sealing, 'latest' | 'current' | 'isShort'>;
  medium: Pick<MediumWatch, 'trouble'>;
  sources: Sources;
  current: Pick<CurrentVisit, 'start' | 'earlier'>;
}

export function visitView({ settings, state, discovery, sealing, sources, medium, current }: VisitViewInput): VisitView {
  const onDone = settings.onDone ?? (() => discovery.end('somebody said on the page that all machines are there'));
  const options = { ...settings, onDone, version: settings.manifest.version, visit: current.start, earlier: current.earlier };
  return {
    onDone,
    nodes: () => nodeSummaries(sources),
    visit: () => {
      const { latest, current, isShort } = sealing;
      const tarball = latest === undefined ? undefined : { ...latest, isCurrent: current !== undefined };
      const discoveryOver = discovery.current.state === 'ended' ? discovery.current.reason : undefined;
      const { shortage, isRamShort } = sources.store.book;
      const isLeanMade = current?.isWithoutCaptures === true;
      const trouble = storageTrouble({ medium: medium.trouble, isShort, isLeanMade, shortage, isRamShort });
      return visitFacts({
        options,
        moment: { now: settings.now(), served: state.segments, tarball, discoveryOver, storageTrouble: trouble },
      });
    },
  };
}
