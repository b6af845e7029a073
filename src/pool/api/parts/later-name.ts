import type { NameEnd } from '../../audit/audit-log.ts';
import { UnknownNode } from '../../select/unknown-node.ts';
import type { RevisionHead } from '../../store/revision.ts';
import type { PoolApiDeps } from './deps.ts';

/** What went wrong; of a node that was renamed, how it is called now. */
export async function withLaterName(error: unknown, store: Pick<PoolApiDeps['store'], 'history' | 'state'>): Promise<unknown> {
  if (!(error instanceof UnknownNode)) return error;
  const later = laterName(await store.history(), error.node);
  if (later === undefined || !store.state().pool.nodes.has(later.name)) return error;
  const { name, revision } = later;
  return new UnknownNode(error.code, error.node, {
    message: `there is no node ${error.node}: since revision ${revision} it is called ${name}`,
    hint: `recon node show ${name}`,
  });
}

/** The name that a node got in the end, and since when; undefined when it never got another one. Pure. */
export function laterName(history: readonly RevisionHead[], name: string): { name: string; revision: number } | undefined {
  let found: { name: string; revision: number } | undefined;
  for (const { number, renamed } of history) if (renamed?.from === (found?.name ?? name)) found = { name: renamed.to, revision: number };
  return found;
}

/** The names that a node had, each with the revision and the moment until which it was this node. Pure. */
export function earlierNames(history: readonly RevisionHead[], name: string): Map<string, NameEnd> {
  const found = new Map<string, NameEnd>();
  let current = name;
  for (const { number, at, renamed } of history.toReversed()) {
    if (renamed?.to !== current) continue;
    found.set(renamed.from, { revision: number, at });
    current = renamed.from;
  }
  return found;
}
