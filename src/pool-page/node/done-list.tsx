import type { AuditEntry } from '../../domain/pool/api-views.ts';
import { useAnswer } from '../live/use-answer.ts';
import { moment } from '../words/moment.ts';

/** What people did with a node, the newest first. */
export function DoneList({ name, revision }: { name: string; revision: number }) {
  const { answer } = useAnswer<AuditEntry[]>(`/audit?node=${name}`, revision);
  if (answer === undefined || answer.length === 0) return null;
  return (
    <section aria-labelledby="done-title">
      <h3 id="done-title">What was done with it</h3>
      <ul>
        {[...answer]
          .reverse()
          .slice(0, 20)
          .map(({ number, at, who, what }) => (
            <li key={number}>
              {moment(at)}, <strong>{who}</strong>: {what}
            </li>
          ))}
      </ul>
    </section>
  );
}
