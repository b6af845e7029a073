import type { Sorting } from './ordered.ts';

export interface SortHead<Key> {
  key: Key;
  text: string;
  className?: string;
}

/** Headings that sort the table; the second press turns the order round. */
export function SortHeads<Key extends string>(props: {
  heads: readonly SortHead<Key>[];
  wanted: Sorting<Key>;
  want: (sorting: Sorting<Key>) => void;
}) {
  const { heads, wanted, want } = props;
  return (
    <>
      {heads.map(({ key, text, className }) => (
        <th key={key} scope="col" class={className} aria-sort={orderOf(wanted, key)}>
          <button type="button" onClick={() => want({ sort: key, isDescending: wanted.sort === key && !wanted.isDescending })}>
            {text}
            <span aria-hidden="true">{wanted.sort !== key ? '' : wanted.isDescending ? ' ▾' : ' ▴'}</span>
          </button>
        </th>
      ))}
    </>
  );
}

function orderOf<Key>({ sort, isDescending }: Sorting<Key>, key: Key): 'ascending' | 'descending' | 'none' {
  if (sort !== key) return 'none';
  return isDescending ? 'descending' : 'ascending';
}
