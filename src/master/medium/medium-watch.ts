import type { Medium, MediumTrouble } from './medium.ts';
import { mediumBlame } from './medium-blame.ts';
import { probeMedium } from './probe-medium.ts';

/** A person is told within so many milliseconds, also when nobody writes. */
const LOOK_MS = 2000;

/** Follows the medium of the data directory: who writes there asks first, and says what went wrong. */
export interface MediumWatch {
  /** undefined while records can be stored */
  readonly trouble: MediumTrouble | undefined;
  /** @throws ReconError `medium-failed` while there is trouble */
  require(): void;
  /** the same for who only reads, while it is gone */
  requireThere(): void;
  /**
   * Does what needs the medium; what fails because of it is trouble from then on.
   * @throws ReconError `medium-failed`, `disk-full`, and what else the work throws
   */
  guard<T>(work: () => Promise<T>): Promise<T>;
  /** the same failure in words for whoever asked, when the medium is to blame for it */
  explain(error: unknown): Promise<unknown>;
  /** brings all that was written to the medium. @throws ReconError `medium-failed` */
  sync(): Promise<void>;
  /** looks, and brings it back when there is trouble; by itself every two seconds */
  check(): Promise<void>;
  stop(): void;
}

interface MediumWatchInput {
  dataDirectory: string;
  medium: Medium;
  sync: () => Promise<void>;
  onTrouble: (trouble: MediumTrouble) => void;
  /** everything can be stored again */
  onBack: () => Promise<void>;
  /** whether it may be unmounted and mounted now; always when missing */
  mayReopen?: () => boolean;
  lookMs?: number;
}

export function watchMedium({
  dataDirectory,
  medium,
  sync,
  onTrouble,
  onBack,
  mayReopen = () => true,
  lookMs = LOOK_MS,
}: MediumWatchInput): MediumWatch {
  const blame = mediumBlame({ dataDirectory, look: () => medium.look(), onTrouble });
  const bringBack = async (): Promise<void> => {
    try {
      await medium.reopen();
      await probeMedium(dataDirectory, sync);
      await onBack();
      blame.forgive();
    } catch (error) {
      await blame.again(error);
    }
  };
  const check = async (): Promise<void> => {
    if (blame.trouble !== undefined) return mayReopen() ? bringBack() : undefined;
    const seen = await medium.look().catch(() => undefined);
    if (seen !== undefined) blame.note(seen);
  };
  let checking: Promise<void> | undefined;
  const shared = (): Promise<void> => {
    checking ??= check().finally(() => {
      checking = undefined;
    });
    return checking;
  };
  const timer = setInterval(() => void shared(), lookMs).unref();
  return {
    get trouble() {
      return blame.trouble;
    },
    require: blame.require,
    requireThere: blame.requireThere,
    explain: blame.explain,
    guard: async (work) => {
      blame.require();
      try {
        return await work();
      } catch (error) {
        throw await blame.explain(error);
      }
    },
    sync: async () => {
      try {
        await sync();
      } catch (error) {
        throw await blame.onSync(error);
      }
    },
    check: shared,
    stop: () => clearInterval(timer),
  };
}
