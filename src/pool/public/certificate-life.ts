const DAY_MS = 86_400_000;
/** Time enough to get another one; of one that lives shortly, and is renewed by a program, only its last fifth. */
const SOON = { ms: 21 * DAY_MS, part: 0.2 } as const;

/** What people should know of the time for which a certificate is valid; undefined: nothing. Pure. */
export function certificateLife({ beginsAt, endsAt }: { beginsAt: Date; endsAt: Date }, now: Date): string | undefined {
  const leftMs = endsAt.getTime() - now.getTime();
  if (now < beginsAt) return `it is valid only from ${dayOf(beginsAt)}, and the clock says ${dayOf(now)}`;
  if (leftMs <= 0) return `it ended on ${dayOf(endsAt)}: browsers refuse it`;
  if (leftMs > Math.min(SOON.ms, SOON.part * (endsAt.getTime() - beginsAt.getTime()))) return undefined;
  const days = Math.floor(leftMs / DAY_MS);
  return `it ends on ${dayOf(endsAt)}, ${days === 0 ? 'within a day' : days === 1 ? 'in a day' : `in ${days} days`}`;
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
