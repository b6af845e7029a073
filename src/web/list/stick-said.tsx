import type { VisitSummary } from '../../domain/web-api.ts';

/** How settings and lists on the stick were read: who sees a column ignored here can still mend the list. */
export function StickSaid({ visit }: { visit: VisitSummary }) {
  if (visit.stickSaid === undefined) return null;
  return (
    <section aria-labelledby="stick-title">
      <h2 id="stick-title">From the stick</h2>
      <ul class="networks">
        {visit.stickSaid.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
