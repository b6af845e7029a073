import { ReconError } from '../../domain/errors.ts';
import { counted } from '../../domain/values/counted.ts';
import { requireNode } from './node-edits.ts';
import { keySettings, type PoolEdit, poolOf, withFileSettings, writtenAt } from './pool-edit.ts';

/** Nodes that come into a group, and nodes that leave it. */
export interface MemberChange {
  add: readonly string[];
  remove: readonly string[];
}

/** Puts nodes into a group, or takes them out; their other groups stay. @throws ReconError `not-found` for the group or a node */
export function changeMembers(name: string, { add, remove }: MemberChange): PoolEdit {
  const words = [
    ...(add.length === 0 ? [] : [`${namesText(add)} come${add.length === 1 ? 's' : ''} in`]),
    ...(remove.length === 0 ? [] : [`${namesText(remove)} leave${remove.length === 1 ? 's' : ''}`]),
  ];
  return {
    what: `group ${name}: ${words.join('; ') || 'nobody comes or leaves'}`,
    edit: function* (files) {
      const pool = poolOf(files);
      if (!pool.groups.has(name)) throw new ReconError('not-found', `there is no group ${name}`, { hint: 'Make it first.' });
      const leaving = new Set(remove);
      const settings = [...new Set([...add, ...remove])].flatMap((node) => {
        const { groups = [] } = requireNode(pool, node);
        const others = groups.filter((group) => group !== name);
        const wanted = leaving.has(node) ? others : groups.includes(name) ? groups : [...groups, name];
        if (wanted.length === groups.length) return [];
        return keySettings(writtenAt(pool, 'node', node), { groups: wanted.length === 0 ? null : wanted });
      });
      return yield* withFileSettings(files, settings);
    },
  };
}

/** A line of history does not hold ten thousand names. */
function namesText(names: readonly string[]): string {
  return names.length <= 5 ? names.join(', ') : counted(names.length, 'node');
}
