import { VisitBeginning, type VisitPlace, type VisitStart } from '../../domain/visit/visit-start.ts';
import { appendVisitLog, readVisitLog } from '../../records/visit-log.ts';

/**
 * Tells `to` which visits `from` knows of, and of each only its number, id and time: not where it was, which are addresses and numbers of a
 * machine, and not what was there before it. Nothing is written twice.
 */
export async function tellVisits(from: string, to: string): Promise<void> {
  const known = new Set((await beginnings(to)).map(({ id }) => id));
  for (const { id, number, begunAt, isDayKnown } of await beginnings(from))
    if (!known.has(id)) await appendVisitLog(to, { begun: { id, number, begunAt, isDayKnown, place: HIDDEN_PLACE }, untold: [] });
}

const HIDDEN_PLACE: VisitPlace = { isHidden: true, macs: [] };

async function beginnings(root: string): Promise<VisitStart[]> {
  return (await readVisitLog(root)).flatMap((line) => {
    const { success, data } = VisitBeginning.safeParse(line);
    return success ? [data.begun] : [];
  });
}
