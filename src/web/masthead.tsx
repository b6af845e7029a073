import { useEffect, useState } from 'preact/hooks';
import { announcement } from './announcement.ts';
import type { PageState } from './live/state.ts';
import { LinkLine, LostNotice } from './parts/link-line.tsx';

/** A screen reader is told about the visit at most this often. */
const SAY_EVERY_MS = 10_000;

/** What stands on top of every view: where this is, and whether it is up to date. */
export function Masthead({ state, nowMs }: { state: PageState; nowMs: number }) {
  const { visit } = state.known;
  const spoken = useSlowly(visit === undefined ? '' : announcement(visit.counts, visit.expected?.expectedCount, state.link), nowMs);
  return (
    <header class="masthead">
      <h1>
        <a href="#/">Recon{visit?.site === undefined ? '' : `: ${visit.site}`}</a>
      </h1>
      <LinkLine link={state.link} />
      <p class="spoken" role="status">
        {spoken}
      </p>
      <p class="said" role="status">
        {state.said}
      </p>
      <LostNotice link={state.link} server="master" />
    </header>
  );
}

/** A text that follows another one with pauses, so that a reader is not talked to all the time. */
function useSlowly(text: string, nowMs: number): string {
  const [said, setSaid] = useState({ text: '', atMs: 0 });
  useEffect(() => {
    if (text === said.text) return;
    const timer = setTimeout(() => setSaid({ text, atMs: Date.now() }), Math.max(0, said.atMs + SAY_EVERY_MS - nowMs));
    return () => clearTimeout(timer);
  }, [text, said]);
  return said.text;
}
