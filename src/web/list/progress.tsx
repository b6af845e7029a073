import type { VisitSummary } from '../../domain/web-api.ts';
import type { Actions } from '../live/state.ts';
import { span } from '../parts/numbers.ts';

/** How far the visit is, to be read from a step away: how many are done, and whether somebody is needed. */
export function ProgressBar({ visit, actions }: { visit: VisitSummary; actions: Actions }) {
  const { counts, expected, machinesPerMinute } = visit;
  const all = Math.max(expected?.expectedCount ?? 0, counts.total);
  const underWay = counts.found + counts.loading + counts.inventorying;
  const isAllDone = counts.done > 0 && counts.done === counts.total && (expected === undefined || expected.missingCount === 0);
  return (
    <section class="progress" aria-label="Progress">
      <p class="big done">
        <span class="number">{counts.done}</span> of {all} {expected === undefined ? 'seen' : 'expected'} <strong>done</strong>
      </p>
      {counts.stuck === 0 ? (
        <p class="big calm">
          <span class="number">0</span> <strong>stuck</strong>
        </p>
      ) : (
        <button type="button" class="big stuck" onClick={() => showStuck(actions)}>
          <span class="number">{counts.stuck}</span> <strong>stuck</strong>
          <span class="unseen">, show them</span>
        </button>
      )}
      <progress max={Math.max(all, 1)} value={counts.done} aria-label="Machines done" />
      <p class="pace">
        {isAllDone ? 'All that were seen are done. ' : `${underWay} under way. `}
        {machinesPerMinute !== undefined && `${rateText(machinesPerMinute)}. `}
        {remainingText(visit)}
      </p>
    </section>
  );
}

function showStuck(actions: Actions): void {
  actions.want({ phase: 'stuck', search: '' });
  document.getElementById('machines-title')?.scrollIntoView();
}

function rateText(perMinute: number): string {
  return perMinute >= 1 ? `${perMinute.toFixed(1)} machines per minute` : `${(perMinute * 60).toFixed(0)} machines per hour`;
}

/** Without a number of expected machines nobody can know how long it takes. */
function remainingText({ expected, remainingSeconds }: VisitSummary): string {
  if (expected === undefined) return '';
  if (expected.missingCount === 0) return 'As many as expected have arrived.';
  const missing = `${expected.missingCount} still missing`;
  return remainingSeconds === undefined ? `${missing}.` : `${missing}, about ${span(remainingSeconds)} at this pace.`;
}
