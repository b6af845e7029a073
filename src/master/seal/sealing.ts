import { ReconError } from '../../domain/errors.ts';
import type { SealedTarball } from '../../seal/seal-tarball.ts';

/** What a tarball holds of the raw captures. */
export type SealKind = 'whole' | 'without-captures';

export interface SealingOptions {
  /** builds the tarball; `replaces` is the one before */
  build: (replaces: SealedTarball | undefined, kind: SealKind) => Promise<SealedTarball>;
  onSealed: (tarball: SealedTarball) => void;
  onFailed: (error: unknown) => void;
  /** seal when nothing has changed for this long, in milliseconds */
  quietMs: number;
}

export interface Sealing {
  /** something changed that belongs in the tarball */
  changed(): void;
  /** builds a tarball now; calls at the same time share one of their kind */
  seal(kind?: SealKind): Promise<SealedTarball>;
  /** the newest tarball, whatever has changed since */
  readonly latest: SealedTarball | undefined;
  /** the newest tarball, undefined when something changed since */
  readonly current: SealedTarball | undefined;
  /** there was no room for the last one with raw captures */
  readonly isShort: boolean;
  /** seals what is not sealed yet, without raw captures when there is no room for them, and stops */
  stop(): Promise<void>;
}

/** At the end nothing but a record that is on its way still changes anything. */
const MOST_LAST_SEALS = 3;

/** Seals by itself when the room has gone quiet, and at the end what was never sealed, also where no machine came: why nothing was served is in it. */
export function startSealing({ build, onSealed, onFailed, quietMs }: SealingOptions): Sealing {
  let latest: SealedTarball | undefined;
  let current: SealedTarball | undefined;
  let [dirty, stopped, isShort] = [true, false, false];
  let running: { kind: SealKind; tarball: Promise<SealedTarball> } | undefined;
  let timer: NodeJS.Timeout | undefined;

  const once = async (kind: SealKind): Promise<SealedTarball> => {
    clearTimeout(timer);
    dirty = false;
    try {
      const tarball = await build(latest, kind);
      latest = tarball;
      current = dirty ? undefined : tarball;
      if (kind === 'whole') isShort = false;
      onSealed(tarball);
      return tarball;
    } catch (error) {
      if (kind === 'whole') isShort = error instanceof ReconError && error.code === 'disk-full';
      markChanged();
      onFailed(error);
      throw error;
    } finally {
      running = undefined;
    }
  };
  const seal = async (kind: SealKind = 'whole'): Promise<SealedTarball> => {
    while (running !== undefined && running.kind !== kind) await running.tarball.catch(() => {});
    running ??= { kind, tarball: once(kind) };
    return running.tarball;
  };
  const markChanged = (): void => {
    dirty = true;
    current = undefined;
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void seal().catch(() => {}), quietMs);
  };
  return {
    changed: markChanged,
    seal,
    get latest() {
      return latest;
    },
    get current() {
      return current;
    },
    get isShort() {
      return isShort;
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running?.tarball.catch(() => {});
      // what comes while it seals, such as this machine's own record, is in the next one; without it there would be no tarball that holds all
      for (let tries = 0; dirty && tries < MOST_LAST_SEALS && (await isDone(seal())); ) tries += 1;
      // nobody can be asked any more
      if (dirty && isShort) await seal('without-captures').catch(() => {});
    },
  };
}

function isDone(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}
