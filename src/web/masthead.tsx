import { useEffect, useState } from 'preact/hooks';
import { announcement } from './announcement.ts';
import type { MasterLinkState } from './live/link.ts';
import type { PageState } from './live/state.ts';
import { clock } from './words/numbers.ts';

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
      <p class={`link link-${state.link.state}`}>{LINK_WORDS[state.link.state]}</p>
      <p class="spoken" role="status">
        {spoken}
      </p>
      <p class="said" role="status">
        {state.said}
      </p>
      {state.link.state === 'lost' && (
        <div class="notice bad" role="alert">
          <strong>The master does not answer since {clock(state.link.sinceMs)}.</strong> What you see is from before that. Is it off, or the
          cable out? This page goes on trying.
        </div>
      )}
    </header>
  );
}

const LINK_WORDS: Record<MasterLinkState['state'], string> = {
  connecting: 'Connecting …',
  live: 'Live',
  polling: 'Asking every 5 s',
  lost: 'No answer',
};

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
