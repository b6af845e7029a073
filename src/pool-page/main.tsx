import { render } from 'preact';
import { POOL_API } from '../domain/pool/api-path.ts';
import { type LinkNews, openLink, type PageLink } from '../web/parts/link.ts';
import { BROWSER_CLOCK, browserEvents, tellOfPrinting, wakeWithBrowser } from '../web/parts/page-events.ts';
import { openPainter } from '../web/parts/painter.ts';
import { PoolPage } from './app.tsx';
import { headClockOffsetMs, Refusal } from './live/ask-head.ts';
import { askWhoIsIn } from './live/ask-session.ts';
import { inTurn } from './live/in-turn.ts';
import { askForPool, askForPoolNodes, type KnownPool } from './live/known.ts';
import {
  FIRST_POOL_STATE,
  type PoolActions,
  type PoolPageState,
  withKnown,
  withoutPerson,
  withPoolHash,
  withSessionOver,
  withWantedNodes,
} from './live/state.ts';
import { refusedText } from './session/refused-words.ts';
import '../web/parts/colours.css';
import '../web/parts/elements.css';
import '../web/parts/forms.css';
import '../web/parts/tables.css';
import './pool.css';
import '../web/parts/screens.css';

/** What the head tells of by itself; `macs`: what machines did. */
type PoolNews = LinkNews & { macs?: string[] };

/** Ages on the page grow without news, too. */
const REDRAW_MS = 10_000;
/** Between two looks at the whole pool. */
const PAUSE_MS = 1000;
/** What was done is said for so long. */
const SAID_MS = 20_000;
const SESSION_OVER = 'Your session is over. Sign in again; nothing that you typed is lost.';

const root = document.getElementById('page') ?? document.body;
root.replaceChildren();
let link: PageLink | undefined;
let [asked, shown] = [0, 0];

const actions: PoolActions = {
  want: (wish) => painter.act((before) => withWantedNodes(before, wish)),
  turnTo: (page) => painter.act((before) => ({ ...before, page })),
  select: (next) => painter.act((before) => ({ ...before, selection: next(before.selection) })),
  say: (said) => {
    painter.act((before) => ({ ...before, said }));
    setTimeout(() => painter.change((before) => (before.said === said ? { ...before, said: '' } : before)), SAID_MS);
  },
  signedIn: (person) => {
    painter.act((before) => ({ ...before, session: { state: 'in', person } }));
    void start();
  },
  signedOut: (sentence) => {
    leave();
    painter.act((before) => withoutPerson(before, sentence));
  },
  refresh: () => load(),
};
const painter = openPainter<PoolPageState>(withPoolHash(FIRST_POOL_STATE, location.hash), (state) =>
  render(<PoolPage state={state} actions={actions} nowMs={Date.now()} />, root),
);
/** whether more than what machines did is to be asked for */
let isWholeWanted = true;
const loadSoon = inTurn(async () => (isWholeWanted ? load() : load(askForPoolNodes)), { pauseMs: PAUSE_MS });

addEventListener('hashchange', () => painter.change((before) => withPoolHash(before, location.hash)));
wakeWithBrowser(() => link?.wake());
tellOfPrinting((isPrinting) => painter.act((before) => ({ ...before, isPrinting })));
setInterval(() => painter.change((before) => before), REDRAW_MS);
void begin();

async function begin(): Promise<void> {
  const sentence = refusedText(location.hash) ?? '';
  // said once: a reload asks again
  if (sentence !== '') history.replaceState(null, '', '#/');
  const person = await askWhoIsIn().catch(() => undefined);
  if (person === undefined) painter.act((before) => ({ ...before, session: { state: 'out', sentence } }));
  else actions.signedIn(person);
}

async function start(): Promise<void> {
  leave();
  const clockOffsetMs = await headClockOffsetMs().catch(() => 0);
  painter.change((before) => ({ ...before, clockOffsetMs }));
  await load().catch(() => {});
  link = openLink<PoolNews>({
    openEvents: (_since, handlers) => browserEvents(`${POOL_API}/events`, ['hello', 'revision', 'machines'], handlers),
    ask: async () => {
      await load();
      return undefined;
    },
    // whatever it was: what the page shows is made anew by the head
    onChanges: ({ macs }) => {
      if (macs === undefined) isWholeWanted = true;
      loadSoon();
    },
    onState: (state) => painter.change((before) => ({ ...before, link: state })),
    ...BROWSER_CLOCK,
  });
}

function leave(): void {
  link?.close();
  link = undefined;
}

async function load(ask: () => Promise<Partial<KnownPool>> = askForPool): Promise<void> {
  try {
    asked += 1;
    const mine = asked;
    if (ask === askForPool) isWholeWanted = false;
    const news = await ask();
    // an answer that was overtaken on its way is older than what is shown
    if (mine > shown) painter.change((before) => (before.session.state === 'in' ? withKnown(before, news) : before));
    else if (ask === askForPool) {
      isWholeWanted = true;
      loadSoon();
    }
    shown = Math.max(shown, mine);
  } catch (error) {
    isWholeWanted = true;
    if (error instanceof Refusal && error.code === 'login-needed') {
      leave();
      painter.act((before) => withSessionOver(before, SESSION_OVER));
    }
    throw error;
  }
}
