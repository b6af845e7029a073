import type { SealedTarball } from '../../seal/seal-tarball.ts';

export interface SealingOptions {
  /** builds the tarball; `replaces` is the name of the one before */
  build: (replaces: string | undefined) => Promise<SealedTarball>;
  onSealed: (tarball: SealedTarball) => void;
  onFailed: (error: unknown) => void;
  /** seal when nothing has changed for this long, in milliseconds */
  quietMs: number;
}

export interface Sealing {
  /** something changed that belongs in the tarball */
  changed(): void;
  /** builds a tarball now; calls at the same time share one */
  seal(): Promise<SealedTarball>;
  /** the newest tarball, whatever has changed since */
  readonly latest: SealedTarball | undefined;
  /** the newest tarball, undefined when something changed since */
  readonly current: SealedTarball | undefined;
  /** seals what is not sealed yet, and stops */
  stop(): Promise<void>;
}

/** Seals by itself when the room has gone quiet. */
export function startSealing({ build, onSealed, onFailed, quietMs }: SealingOptions): Sealing {
  let latest: SealedTarball | undefined;
  let current: SealedTarball | undefined;
  let dirty = false;
  let stopped = false;
  let running: Promise<SealedTarball> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const once = async (): Promise<SealedTarball> => {
    clearTimeout(timer);
    dirty = false;
    try {
      const tarball = await build(latest?.name);
      latest = tarball;
      current = dirty ? undefined : tarball;
      onSealed(tarball);
      return tarball;
    } catch (error) {
      markChanged();
      onFailed(error);
      throw error;
    } finally {
      running = undefined;
    }
  };
  const seal = (): Promise<SealedTarball> => {
    running ??= once();
    return running;
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
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running?.catch(() => {});
      if (dirty) await seal().catch(() => {});
    },
  };
}
