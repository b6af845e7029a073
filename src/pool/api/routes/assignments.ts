import { z } from 'zod';
import { ReconError } from '../../../domain/errors.ts';
import { AssignmentView, AssignOrder, ChangeReport } from '../../../domain/pool/api-views.ts';
import type { Person } from '../../../domain/pool/person.ts';
import type { Pool } from '../../../domain/pool/pool.ts';
import { counted } from '../../../domain/values/counted.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { type Assignment, assignNodes, requireChoice } from '../../change/assign.ts';
import { requireNode } from '../../change/node-edits.ts';
import { selectNodes } from '../../select/selector.ts';
import type { PoolApiDeps } from '../parts/deps.ts';
import { requireImageOf } from '../parts/known-image.ts';
import { makeChange } from '../parts/make-change.ts';
import { nodeViews } from '../parts/node-views.ts';
import { type ApiRoute, apiRoute } from '../parts/route.ts';

/** The longest names of as many nodes as may be named. */
const ORDER_BYTES = 8 * 1024 * 1024;

/** What nodes boot: seen, and said. */
export function assignmentRoutes(deps: Pick<PoolApiDeps, 'store' | 'audit' | 'boots' | 'images'>): ApiRoute[] {
  const { store, boots, images } = deps;
  return [
    apiRoute({
      ...{ method: 'GET', path: '/assignments', may: 'viewer', summary: 'What each node is to boot' },
      reply: z.array(AssignmentView),
      answer: async () =>
        (await nodeViews((await store.refresh()).pool, { boots })).map(({ name, assigned, once, next }) => ({
          node: name,
          assigned,
          next,
          ...definedOnly({ once }),
        })),
    }),
    apiRoute({
      ...{ method: 'POST', path: '/assignments', may: 'operator', summary: 'Says what nodes boot from now on, or once, or clears it' },
      mostBytes: ORDER_BYTES,
      ...{ isChange: true, body: AssignOrder, reply: ChangeReport },
      answer: async ({ body, ...asked }) => {
        const { pool, revision } = await store.refresh();
        const assignment = assignmentOf(body);
        const names = namesOf(pool, body);
        if (names.length === 0) throw new ReconError('usage', 'no node is chosen', { hint: 'For example group:rack1' });
        requireOwn(pool, asked.person, names);
        if ('boot' in assignment) {
          requireChoice(pool, assignment.boot);
          await requireImageOf(pool, images, assignment.boot);
        }
        const change = assignNodes(names, assignment);
        if (body.dryRun === true) return { revision, isChanged: false, what: change.what, nodes: names };
        return makeChange(deps, asked, change, names);
      },
    }),
  ];
}

/** @throws ReconError `usage`, `not-found` */
function namesOf(pool: Pool, { selector, names }: z.infer<typeof AssignOrder>): string[] {
  if ((selector === undefined) === (names === undefined))
    throw new ReconError('usage', 'say which nodes: by a selector, or by their names', { hint: 'For example group:rack1' });
  if (selector !== undefined) return selectNodes(pool, selector);
  const chosen = new Set(names);
  for (const name of chosen) requireNode(pool, name);
  return [...pool.nodes.keys()].filter((name) => chosen.has(name));
}

function assignmentOf({ boot, once, clear }: z.infer<typeof AssignOrder>): Assignment {
  if ((boot === undefined) === (clear === undefined))
    throw new ReconError('usage', 'say either what is to be booted, or that it is cleared', { hint: 'PROFILE, or --clear' });
  return boot === undefined ? { clear: true, ...definedOnly({ once }) } : { boot, ...definedOnly({ once }) };
}

/** @throws ReconError `forbidden` for nodes outside of the groups that somebody is limited to */
function requireOwn({ nodes }: Pick<Pool, 'nodes'>, { name, groups }: Person, names: readonly string[]): void {
  if (groups === undefined) return;
  const others = names.filter((one) => nodes.get(one)?.groups?.some((group) => groups.includes(group)) !== true);
  if (others.length === 0) return;
  throw new ReconError('forbidden', `${name} may only say what nodes of ${groups.join(', ') || 'no group'} boot`, {
    hint: `${counted(others.length, 'node')} of these ${others.length === 1 ? 'is' : 'are'} not: ${others.slice(0, 5).join(', ')}`,
  });
}
