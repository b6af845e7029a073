import type { PageLinkState } from './link.ts';
import { clock } from './numbers.ts';

/** Whether the page is up to date. */
export function LinkLine({ link }: { link: PageLinkState }) {
  return <p class={`link link-${link.state}`}>{LINK_WORDS[link.state]}</p>;
}

/** Nothing as long as somebody answers. */
export function LostNotice({ link, server }: { link: PageLinkState; server: string }) {
  if (link.state !== 'lost') return null;
  return (
    <div class="notice bad" role="alert">
      <strong>
        The {server} does not answer since {clock(link.sinceMs)}.
      </strong>{' '}
      What you see is from before that. Is it off, or the cable out? This page goes on trying.
    </div>
  );
}

const LINK_WORDS: Record<PageLinkState['state'], string> = {
  connecting: 'Connecting …',
  live: 'Live',
  polling: 'Asking every 5 s',
  lost: 'No answer',
};
