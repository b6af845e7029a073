import type { LiveChanges } from '../../domain/web-api.ts';

/** How the page hears from the master. */
export type MasterLinkState =
  | { state: 'connecting' }
  /** changes come by themselves */
  | { state: 'live' }
  /** the page asks every few seconds */
  | { state: 'polling' }
  /** the master does not answer since then */
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

export interface LinkDeps {
  openEvents(since: string | undefined, handlers: EventHandlers): Events;
  /** what changed; undefined when nothing did. Rejects when there is no answer. */
  ask(since: string | undefined): Promise<LiveChanges | undefined>;
  onChanges(changes: LiveChanges): void;
  onState(state: MasterLinkState): void;
  nowMs(): number;
  /** calls back once and gives a function that prevents it */
  after(delayMs: number, work: () => void): () => void;
}

/** The master says something every 10 seconds. */
export const SILENCE_MS = 25_000;
export const POLL_MS = 5000;
const LONGEST_RETRY_MS = 10_000;
/** polls between two tries to get a live connection */
const POLLS_PER_TRY = 6;

export interface MasterLink {
  /** tries at once, for example when the screen was switched on again */
  wake(): void;
  close(): void;
}

/** Keeps up with the master: events where it can, questions where it must, and trying for ever. */
export function openLink(deps: LinkDeps): MasterLink {
  const line: Line = { deps, cancel: () => {}, heardMs: deps.nowMs(), failures: 0, polls: 0, round: 0 };
  connect(line);
  return {
    wake: () => {
      if (line.events === undefined || deps.nowMs() - line.heardMs > SILENCE_MS / 2) connect(line);
    },
    close: () => drop(line),
  };
}

/** How the link stands. */
interface Line {
  readonly deps: LinkDeps;
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

function connect(line: Line): void {
  drop(line);
  if (line.lostSinceMs === undefined && line.failures === 0) line.deps.onState({ state: 'connecting' });
  const mine = line.round;
  line.events = line.deps.openEvents(line.id, {
    onMessage: (data) => {
      if (mine !== line.round) return;
      take(line, JSON.parse(data) as LiveChanges);
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

function hear(line: Line): void {
  line.failures = 0;
  line.polls = 0;
  answered(line, { state: 'live' });
  expectMore(line, line.round);
}

function expectMore(line: Line, mine: number): void {
  line.cancel();
  line.cancel = line.deps.after(SILENCE_MS, () => fail(line, mine));
}

function fail(line: Line, mine: number): void {
  if (mine !== line.round) return;
  drop(line);
  void poll(line, line.round);
}

async function poll(line: Line, mine: number): Promise<void> {
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

function retryLater(line: Line, mine: number): void {
  const { deps } = line;
  line.failures += 1;
  line.lostSinceMs ??= deps.nowMs();
  deps.onState({ state: 'lost', sinceMs: line.lostSinceMs });
  line.cancel = deps.after(Math.min(1000 * 2 ** (line.failures - 1), LONGEST_RETRY_MS), () => void poll(line, mine));
}

function take(line: Line, changes: LiveChanges): void {
  line.id = changes.id;
  line.deps.onChanges(changes);
}

function answered(line: Line, state: MasterLinkState): void {
  delete line.lostSinceMs;
  line.heardMs = line.deps.nowMs();
  line.deps.onState(state);
}

function drop(line: Line): void {
  line.round += 1;
  line.cancel();
  line.cancel = () => {};
  line.events?.close();
  delete line.events;
}
