import type { Page } from './paging.ts';

/** Turns the pages of the table; nothing when there is one page. */
export function Turner({ page, total, turnTo }: { page: Page<unknown>; total: number; turnTo: (page: number) => void }) {
  if (page.count === 1) return null;
  const { number, count, first, rows } = page;
  // not `disabled`: a button that has the focus would lose it at the last page
  const turn = (to: number) => ({ 'aria-disabled': to < 0 || to >= count, onClick: () => to >= 0 && to < count && turnTo(to) });
  return (
    <nav class="turner" aria-label="Pages of the table">
      <button type="button" {...turn(number - 1)}>
        Previous
      </button>
      <span aria-live="polite">
        {first + 1} to {first + rows.length} of {total}
      </span>
      <button type="button" {...turn(number + 1)}>
        Next
      </button>
    </nav>
  );
}
