/** What happened, for whoever watches: a new revision, or machines that were seen. */
export type PoolEvent = { event: 'revision'; revision: number; by: string; what: string } | { event: 'machines'; macs: string[] };

export interface EventHub {
  publish(event: PoolEvent): void;
  /** gives what ends it */
  subscribe(listener: (event: PoolEvent) => void): () => void;
}

export function eventHub(): EventHub {
  const listeners = new Set<(event: PoolEvent) => void>();
  return {
    publish: (event) => {
      for (const listener of listeners) listener(event);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
