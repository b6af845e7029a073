import { counted } from '../../domain/values/counted.ts';
import { nodeHash } from '../live/route.ts';

/** How many nodes, and which, as long as that can be read. */
export function NodeCount({ names, one, many }: { names: readonly string[]; one: string; many: string }) {
  if (names.length === 0) return null;
  if (names.length > 3)
    return (
      <span>
        {counted(names.length, 'node')} {many}
      </span>
    );
  return (
    <span>
      {names.map((name, at) => (
        <span key={name}>
          {at > 0 && ', '}
          <a href={nodeHash(name)}>{name}</a>
        </span>
      ))}{' '}
      {names.length === 1 ? one : many}
    </span>
  );
}
