import { EarlierPlaces } from '../report/trace/earlier-places.ts';
import { isMachine, type Visit } from '../tarball/visit.ts';

/** Where parts were at visits before, in the order of their times, or as they were given where the clock of one was not set; undefined without any. */
export async function earlierPlaces(visits: readonly Visit[]): Promise<EarlierPlaces | undefined> {
  if (visits.length === 0) return undefined;
  const isOrdered = visits.every(({ visit }) => visit?.isDayKnown !== false);
  const places = new EarlierPlaces();
  for (const one of isOrdered ? visits.toSorted((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1)) : visits) {
    const time = one.visit?.isDayKnown === false ? 'clock not set' : `${timeOf(one).slice(0, 10)} ${timeOf(one).slice(11, 16)} UTC`;
    const add = places.begin({ words: `${time}, ${one.site} (${one.path})` });
    for await (const node of one.nodes()) if (isMachine(node)) add(node);
  }
  return places;
}

function timeOf({ visit, createdAt }: Visit): string {
  return visit?.begunAt ?? createdAt;
}
