/** What a server tells; `id` is where its list stands then, `isLast: false`: there is more at once. */
export interface LinkNews {
  id?: string;
  isLast?: boolean;
}

/** How the page hears from its server. */
export type PageLinkState =
  | { state: 'connecting' }
  /** changes come by themselves */
  | { state: 'live' }
  /** the page asks every few seconds */
  | { state: 'polling' }
  /** the server does not answer since then */
  | { state: 'lost'; sinceMs: number };

/** What a stream of events brings. */
export interface EventHandlers {
  onMessage(data: string): void;
  /** a sign of life without news */
  onBeat(): void;
  onError(): void;
}

/** An open stream of events. */
export interface Events {
  close(): void;
}

export interface LinkDeps<News extends LinkNews> {
  openEvents(since: string | undefined, handlers: EventHandlers): Events;
  /** what changed; undefined when nothing did. Rejects when there is no answer. */
  ask(since: string | undefined): Promise<News | undefined>;
  onChanges(changes: News): void;
  onState(state: PageLinkState): void;
  nowMs(): number;
  /** calls back once and gives a function that prevents it */
  after(delayMs: number, work: () => void): () => void;
}

/** The server says something every 10 or 15 seconds. */
export const SILENCE_MS = 25_000;
export const POLL_MS = 5000;
const LONGEST_RETRY_MS = 10_000;
/** polls between two tries to get a live connection */
const POLLS_PER_TRY = 6;

export interface PageLink {
  /** tries at once, for example when the screen was switched on again */
  wake(): void;
  close(): void;
}

/** Keeps up with a server: events where it can, questions where it must, and trying for ever. */
export function openLink<News extends LinkNews>(deps: LinkDeps<News>): PageLink {
  const line: Line<News> = { deps, cancel: () => {}, heardMs: deps.nowMs(), failures: 0, polls: 0, round: 0 };
  connect(line);
  return {
    wake: () => {
      if (line.events === undefined || deps.nowMs() - line.heardMs > SILENCE_MS / 2) connect(line);
    },
    close: () => drop(line),
  };
}

/** How the link stands. */
interface Line<News extends LinkNews> {
  readonly deps: LinkDeps<News>;
  /** of the latest change */
  id?: string;
  /** the open stream; none while the page asks */
  events?: Events;
  /** takes back what is to happen next */
  cancel: () => void;
  heardMs: number;
  lostSinceMs?: number;
  /** questions without an answer, one after the other */
  failures: number;
  /** questions with an answer since the last stream */
  polls: number;
  /** grows with each stream and each series of questions: what still comes from an older one does not count */
  round: number;
}

function connect<News extends LinkNews>(line: Line<News>): void {
  drop(line);
  if (line.lostSinceMs === undefined && line.failures === 0) line.deps.onState({ state: 'connecting' });
  const mine = line.round;
  line.events = line.deps.openEvents(line.id, {
    onMessage: (data) => {
      if (mine !== line.round) return;
      take(line, JSON.parse(data) as News);
      hear(line);
    },
    onBeat: () => {
      if (mine === line.round) hear(line);
    },
    // an EventSource would try again by itself, but not after every kind of failure, and not with our `since`
    onError: () => fail(line, mine),
  });
  expectMore(line, mine);
}

function hear<News extends LinkNews>(line: Line<News>): void {
  line.failures = 0;
  line.polls = 0;
  answered(line, { state: 'live' });
  expectMore(line, line.round);
}

function expectMore<News extends LinkNews>(line: Line<News>, mine: number): void {
  line.cancel();
  line.cancel = line.deps.after(SILENCE_MS, () => fail(line, mine));
}

function fail<News extends LinkNews>(line: Line<News>, mine: number): void {
  if (mine !== line.round) return;
  drop(line);
  void poll(line, line.round);
}

async function poll<News extends LinkNews>(line: Line<News>, mine: number): Promise<void> {
  try {
    const changes = await line.deps.ask(line.id);
    if (mine !== line.round) return;
    if (changes !== undefined) take(line, changes);
    line.failures = 0;
    answered(line, { state: 'polling' });
    line.polls += 1;
    const hasMore = changes?.isLast === false;
    line.cancel = line.deps.after(hasMore ? 0 : POLL_MS, () => (line.polls % POLLS_PER_TRY === 0 ? connect(line) : void poll(line, mine)));
  } catch {
    if (mine === line.round) retryLater(line, mine);
  }
}

function retryLater<News extends LinkNews>(line: Line<News>, mine: number): void {
  const { deps } = line;
  line.failures += 1;
  line.lostSinceMs ??= deps.nowMs();
  deps.onState({ state: 'lost', sinceMs: line.lostSinceMs });
  line.cancel = deps.after(Math.min(1000 * 2 ** (line.failures - 1), LONGEST_RETRY_MS), () => void poll(line, mine));
}

function take<News extends LinkNews>(line: Line<News>, changes: News): void {
  if (changes.id !== undefined) line.id = changes.id;
  line.deps.onChanges(changes);
}

function answered<News extends LinkNews>(line: Line<News>, state: PageLinkState): void {
  delete line.lostSinceMs;
  line.heardMs = line.deps.nowMs();
  line.deps.onState(state);
}

function drop<News extends LinkNews>(line: Line<News>): void {
  line.round += 1;
  line.cancel();
  line.cancel = () => {};
  line.events?.close();
  delete line.events;
}
