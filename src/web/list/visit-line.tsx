import { earlierWords, visitStartWords } from '../../domain/visit/words-of-visits.ts';
import type { VisitSummary } from '../../domain/web-api.ts';

/** Which visit of the stick this is; only where the stick was used before, because then somebody may look for machines of another day. */
export function VisitLine({ visit: { visit, earlier = [] } }: { visit: VisitSummary }) {
  if (visit === undefined || earlier.length === 0) return null;
  return (
    <p class="pace">
      This is {visitStartWords(visit)}. Earlier on the same stick, and not counted here: {earlierWords(earlier)}.
    </p>
  );
}
