import { render } from 'preact';
import { PAGE_PATHS } from '../domain/page-paths.ts';
import type { LiveChanges } from '../domain/web-api.ts';
import { App } from './app.tsx';
import { askForChanges } from './live/ask-master.ts';
import { withChanges } from './live/known.ts';
import { type Actions, FIRST_STATE, type PageState, withHash, withWanted } from './live/state.ts';
import { openLink } from './parts/link.ts';
import { BROWSER_CLOCK, browserEvents, tellOfPrinting, wakeWithBrowser } from './parts/page-events.ts';
import { openPainter } from './parts/painter.ts';
import './parts/colours.css';
import './parts/elements.css';
import './parts/forms.css';
import './parts/tables.css';
import './list/list.css';
import './machine/machine.css';
import './parts/screens.css';

/** Ages on the page grow without news, too. */
const REDRAW_MS = 10_000;

const root = document.getElementById('page') ?? document.body;
root.replaceChildren();

const actions: Actions = {
  want: (wish) => painter.act((before) => withWanted(before, wish)),
  turnTo: (page) => painter.act((before) => ({ ...before, page })),
  say: (said) => painter.act((before) => ({ ...before, said })),
  learnArrivals: (arrivals) => painter.change((before) => ({ ...before, arrivals })),
};
const painter = openPainter<PageState>(withHash(FIRST_STATE, location.hash), (state) =>
  render(<App state={state} actions={actions} nowMs={Date.now()} />, root),
);

const link = openLink<LiveChanges>({
  openEvents: (since, handlers) => browserEvents(`${PAGE_PATHS.live}?since=${encodeURIComponent(since ?? '')}`, ['message'], handlers),
  ask: askForChanges,
  onChanges: (changes) => painter.change((before) => ({ ...before, known: withChanges(before.known, changes, Date.now()) })),
  onState: (state) => painter.change((before) => ({ ...before, link: state })),
  ...BROWSER_CLOCK,
});

addEventListener('hashchange', () => painter.change((before) => withHash(before, location.hash)));
wakeWithBrowser(link.wake);
tellOfPrinting((isPrinting) => painter.act((before) => ({ ...before, isPrinting })));
setInterval(() => painter.change((before) => before), REDRAW_MS);
