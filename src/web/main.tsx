import { render } from 'preact';
import { PAGE_PATHS } from '../domain/page-paths.ts';
import { App } from './app.tsx';
import { askForChanges } from './live/ask-master.ts';
import { withChanges } from './live/known.ts';
import { openLink } from './live/link.ts';
import { type Actions, FIRST_STATE, type PageState, withHash, withWanted } from './live/state.ts';
import './colours.css';
import './elements.css';
import './list/list.css';
import './machine/machine.css';
import './screens.css';

/** Ages on the page grow without news, too. */
const REDRAW_MS = 10_000;

const root = document.getElementById('page') ?? document.body;
let state: PageState = withHash(FIRST_STATE, location.hash);
let waiting = false;

const actions: Actions = {
  want: (wish) => act((before) => withWanted(before, wish)),
  turnTo: (page) => act((before) => ({ ...before, page })),
  say: (said) => act((before) => ({ ...before, said })),
  learnArrivals: (arrivals) => change((before) => ({ ...before, arrivals })),
};

root.replaceChildren();
draw();

const link = openLink({
  openEvents: (since, { onMessage, onBeat, onError }) => {
    const events = new EventSource(`${PAGE_PATHS.live}?since=${encodeURIComponent(since ?? '')}`);
    events.addEventListener('message', ({ data }) => onMessage(data));
    events.addEventListener('beat', onBeat);
    events.addEventListener('error', onError);
    return events;
  },
  ask: askForChanges,
  onChanges: (changes) => change((before) => ({ ...before, known: withChanges(before.known, changes, Date.now()) })),
  onState: (state) => change((before) => ({ ...before, link: state })),
  nowMs: Date.now,
  after: (delayMs, work) => {
    const timer = setTimeout(work, delayMs);
    return () => clearTimeout(timer);
  },
});

addEventListener('hashchange', () => change((before) => withHash(before, location.hash)));
addEventListener('online', link.wake);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') link.wake();
});
// paper has no pages to turn: all rows are on it
for (const [type, isPrinting] of [
  ['beforeprint', true],
  ['afterprint', false],
] as const) {
  addEventListener(type, () => {
    state = { ...state, isPrinting };
    draw();
  });
}
setInterval(() => change((before) => before), REDRAW_MS);

/** What a person does is drawn at once: the next key must not meet a button that is about to go away. */
function act(next: (before: PageState) => PageState): void {
  state = next(state);
  draw();
}

/** Many changes in a moment are drawn once. */
function change(next: (before: PageState) => PageState): void {
  state = next(state);
  if (waiting) return;
  waiting = true;
  // not requestAnimationFrame: it stands still in a tab that nobody looks at, and a screen reader may still listen to it
  setTimeout(() => {
    waiting = false;
    draw();
  }, 50);
}

function draw(): void {
  render(<App state={state} actions={actions} nowMs={Date.now()} />, root);
}
