/** A link that comes and goes is nothing to serve: each change would start a probe that does not end. */
export interface LinkFlaps {
  /** takes the interface's counter of link changes; its first value only sets the start */
  note(carrierChanges: number, nowMs: number): void;
  /** how often the link went away, where that is too often; undefined: it is steady */
  wentAway(nowMs: number): number | undefined;
}

export interface FlapLimits {
  windowMs: number;
  /** so many losses of the link within the window are one too many */
  losses: number;
}

/** Plugging a cable or a switch's restart loses the link once or twice; speed negotiation with a bad cable, again and again. */
export const FLAP_LIMITS: FlapLimits = { windowMs: 60_000, losses: 3 };

export function linkFlaps({ windowMs, losses }: FlapLimits = FLAP_LIMITS): LinkFlaps {
  let counter: number | undefined;
  let changes: { atMs: number; count: number }[] = [];
  return {
    note: (carrierChanges, nowMs) => {
      if (counter !== undefined && carrierChanges > counter) changes.push({ atMs: nowMs, count: carrierChanges - counter });
      counter = carrierChanges;
    },
    wentAway: (nowMs) => {
      changes = changes.filter(({ atMs }) => nowMs - atMs < windowMs);
      // every other change is a loss
      const lost = Math.floor(changes.reduce((sum, { count }) => sum + count, 0) / 2);
      return lost >= losses ? lost : undefined;
    },
  };
}
