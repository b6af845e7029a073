import { escapeHtml } from '../report/html-text.ts';
import { type IndexColumn, type MachineIndex, rowHtml } from '../report/page/machine-columns.ts';
import { rememberColumns, rememberedColumns } from './chosen-columns.ts';
import { rowFinder, type TableFilter } from './fitting-rows.ts';

const PAGE_ROWS = 100;
/** More rows than these on paper help nobody. */
const PRINTED_ROWS = 2000;

/** Makes the plain table searchable: sorting by its heads, columns to choose, pages to turn. */
export function liveTable(index: MachineIndex): void {
  const finder = rowFinder(index);
  const shown = rememberedColumns(index.columns);
  const state: TableFilter & { page: number; isPrinting: boolean } = {
    ...{ search: '', sortBy: undefined, isDescending: false },
    ...{ page: 0, isPrinting: false },
  };
  const [head, body, search, fitting, pages] = ['#machine-table thead', '#machine-table tbody', '#search', '#fitting', '#pages'].map(
    (path) => element(path),
  ) as [HTMLElement, HTMLElement, HTMLInputElement, HTMLElement, HTMLElement];
  const isShown = ({ id }: IndexColumn): boolean => shown.has(id);

  search.addEventListener('input', () => change({ search: search.value, page: 0 }));
  head.addEventListener('click', ({ target }) => {
    const column = Number((target as Element).closest('button')?.dataset['column'] ?? Number.NaN);
    if (Number.isNaN(column)) return;
    change({ sortBy: column, isDescending: state.sortBy === column && !state.isDescending, page: 0 });
    head.querySelector<HTMLElement>(`[data-column="${column}"]`)?.focus();
  });
  pages.addEventListener('click', ({ target }) => {
    const step = (target as Element).closest('button')?.dataset['step'];
    if (step === undefined) return;
    change({ page: state.page + Number(step) });
    pages.querySelector<HTMLElement>(`[data-step="${step}"]:not(:disabled)`)?.focus();
  });
  addEventListener('beforeprint', () => change({ isPrinting: true }));
  addEventListener('afterprint', () => change({ isPrinting: false }));
  offerColumns(index.columns, shown, () => {
    rememberColumns(index.columns, shown);
    drawHead();
    draw();
  });
  element('#machine-tools').hidden = false;
  drawHead();
  draw();

  function change(news: Partial<typeof state>): void {
    Object.assign(state, news);
    if ('sortBy' in news) drawHead();
    draw();
  }

  function drawHead(): void {
    const cells = index.columns.map((column, at) => (isShown(column) ? headCell(column, at, state) : ''));
    head.innerHTML = `<tr>${cells.join('')}</tr>`;
  }

  function draw(): void {
    const found = finder.find(state);
    const last = Math.max(0, Math.ceil(found.length / PAGE_ROWS) - 1);
    const page = Math.min(state.page, last);
    const rows = state.isPrinting ? found.slice(0, PRINTED_ROWS) : found.slice(page * PAGE_ROWS, (page + 1) * PAGE_ROWS);
    body.innerHTML = rows.map((at) => rowHtml(index.rows[at] ?? [], index.columns, isShown)).join('');
    fitting.textContent =
      found.length === index.rows.length ? `${found.length} machines` : `${found.length} of ${index.rows.length} machines`;
    pages.hidden = last === 0 || state.isPrinting;
    const from = page * PAGE_ROWS + 1;
    pages.innerHTML = `<button type="button" data-step="-1"${page === 0 ? ' disabled' : ''}>Previous</button> ${from} to ${from + rows.length - 1} of ${found.length} <button type="button" data-step="1"${page === last ? ' disabled' : ''}>Next</button>`;
  }
}

function headCell({ label }: IndexColumn, at: number, { sortBy, isDescending }: TableFilter): string {
  const isSorted = sortBy === at;
  const sort = isSorted ? ` aria-sort="${isDescending ? 'descending' : 'ascending'}"` : '';
  return `<th scope="col"${sort}><button type="button" data-column="${at}">${escapeHtml(label)}<span aria-hidden="true">${isSorted ? (isDescending ? ' ▾' : ' ▴') : ''}</span></button></th>`;
}

function offerColumns(columns: readonly IndexColumn[], shown: Set<string>, onChange: () => void): void {
  const box = element('#columns > div');
  // a machine is found again by its address: that column stays
  for (const { id, label } of columns.slice(1)) {
    const choice = document.createElement('label');
    const check = Object.assign(document.createElement('input'), { type: 'checkbox', checked: shown.has(id) });
    check.addEventListener('change', () => {
      if (check.checked) shown.add(id);
      else shown.delete(id);
      onChange();
    });
    choice.append(check, ` ${label}`);
    box.append(choice);
  }
}

function element(path: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(path);
  if (found === null) throw new Error(`the page lacks ${path}`);
  return found;
}
