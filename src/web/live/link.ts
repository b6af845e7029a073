import type { LiveChanges } from '../../domain/web-api.ts';

/** How the page hears from the master. */
export type LinkState =
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
  onState(state: LinkState): void;
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
  let id: string | undefined;
  let events: Events | undefined;
  let cancel = (): void => {};
  let heardMs = deps.nowMs();
  let lostSinceMs: number | undefined;
  let failures = 0;
  let polls = 0;
  let round = 0;

  connect();
  return {
    wake: () => {
      if (events === undefined || deps.nowMs() - heardMs > SILENCE_MS / 2) connect();
    },
    close: drop,
  };

  function connect(): void {
    drop();
    if (lostSinceMs === undefined && failures === 0) deps.onState({ state: 'connecting' });
    const mine = round;
    events = deps.openEvents(id, {
      onMessage: (data) => {
        if (mine !== round) return;
        take(JSON.parse(data) as LiveChanges);
        heard();
      },
      onBeat: () => {
        if (mine === round) heard();
      },
      // an EventSource would try again by itself, but not after every kind of failure, and not with our `since`
      onError: () => fail(mine),
    });
    expect(mine);
  }

  function heard(): void {
    failures = 0;
    polls = 0;
    answered({ state: 'live' });
    expect(round);
  }

  function expect(mine: number): void {
    cancel();
    cancel = deps.after(SILENCE_MS, () => fail(mine));
  }

  function fail(mine: number): void {
    if (mine !== round) return;
    drop();
    void poll(round);
  }

  async function poll(mine: number): Promise<void> {
    try {
      const changes = await deps.ask(id);
      if (mine !== round) return;
      if (changes !== undefined) take(changes);
      failures = 0;
      answered({ state: 'polling' });
      polls += 1;
      const hasMore = changes?.isLast === false;
      cancel = deps.after(hasMore ? 0 : POLL_MS, () => (polls % POLLS_PER_TRY === 0 ? connect() : void poll(mine)));
    } catch {
      if (mine !== round) return;
      failures += 1;
      lostSinceMs ??= deps.nowMs();
      deps.onState({ state: 'lost', sinceMs: lostSinceMs });
      cancel = deps.after(Math.min(1000 * 2 ** (failures - 1), LONGEST_RETRY_MS), () => void poll(mine));
    }
  }

  function take(changes: LiveChanges): void {
    id = changes.id;
    deps.onChanges(changes);
  }

  function answered(state: LinkState): void {
    lostSinceMs = undefined;
    heardMs = deps.nowMs();
    deps.onState(state);
  }

  function drop(): void {
    round += 1;
    cancel();
    cancel = () => {};
    events?.close();
    events = undefined;
  }
}
