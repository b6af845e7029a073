import type { EventHandlers, Events, LinkDeps } from './link.ts';

/** What a link needs of a browser. `names`: events that bring news, besides the beat. */
export function browserEvents(url: string, names: readonly string[], { onMessage, onBeat, onError }: EventHandlers): Events {
  const events = new EventSource(url);
  for (const name of names) events.addEventListener(name, ({ data }: MessageEvent<string>) => onMessage(data));
  events.addEventListener('beat', onBeat);
  events.addEventListener('error', onError);
  return events;
}

export const BROWSER_CLOCK: Pick<LinkDeps<never>, 'nowMs' | 'after'> = {
  nowMs: Date.now,
  after: (delayMs, work) => {
    const timer = setTimeout(work, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Tries again at once when the network is back, or somebody looks. */
export function wakeWithBrowser(wake: () => void): void {
  addEventListener('online', wake);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') wake();
  });
}

/** Paper has no pages to turn. */
export function tellOfPrinting(setPrinting: (isPrinting: boolean) => void): void {
  addEventListener('beforeprint', () => setPrinting(true));
  addEventListener('afterprint', () => setPrinting(false));
}
