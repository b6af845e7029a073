import { ReconError } from '../../domain/errors.ts';
import { parseBootChoice } from '../../domain/pool/boot-choice.ts';
import type { Pool } from '../../domain/pool/pool.ts';
import { nearestWord } from '../../domain/values/nearest-word.ts';
import { requireNode } from './node-edits.ts';
import { keySettings, type PoolEdit, poolOf, withFileSettings, writtenAt } from './pool-edit.ts';

/** What nodes are to boot: from now on, for their next boot only, or what groups and rules say (`clear`; with `once` just the one-shot goes). */
export type Assignment = { boot: string; once?: boolean } | { clear: true; once?: boolean };

/**
 * Says for these nodes what they boot.
 * @throws ReconError `usage` for a profile that is not there, `not-found` for a node
 */
export function assignNodes(names: readonly string[], assignment: Assignment): PoolEdit {
  const values =
    'boot' in assignment
      ? assignment.once === true
        ? { once: assignment.boot }
        : { boot: assignment.boot }
      : assignment.once === true
        ? { once: null }
        : { boot: null, once: null };
  return {
    what: `${namesText(names)}: ${assignmentText(assignment)}`,
    edit: function* (files) {
      const pool = poolOf(files);
      if ('boot' in assignment) requireChoice(pool, assignment.boot);
      for (const name of names) requireNode(pool, name);
      return yield* withFileSettings(
        files,
        names.flatMap((name) => keySettings(writtenAt(pool, 'node', name), values)),
      );
    },
  };
}

function assignmentText(assignment: Assignment): string {
  if ('boot' in assignment) return `boots ${assignment.boot}${assignment.once === true ? ', once' : ''}`;
  return assignment.once === true ? 'one-shot cleared' : 'cleared';
}

/** A line of history does not hold ten thousand names. */
export function namesText(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length <= 5 ? shown : `${shown} and ${names.length - 5} more`;
}

/** @throws ReconError `usage`, with the profile that was meant */
export function requireChoice({ profiles }: Pick<Pool, 'profiles'>, text: string): void {
  const choice = parseBootChoice(text);
  if (choice === undefined)
    throw new ReconError('usage', `${text.slice(0, 80)} is no profile`, { hint: 'Write compute, compute@3 or compute@newest.' });
  if (profiles.has(choice.profile)) return;
  const near = nearestWord(choice.profile, [...profiles.keys()]);
  throw new ReconError('usage', `there is no profile ${choice.profile}`, {
    hint: near === undefined ? `There are ${[...profiles.keys()].join(', ')}.` : `Did you mean ${near}?`,
  });
}
