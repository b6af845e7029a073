import { randomBytes } from 'node:crypto';
import type { NodeSummary } from '../../../domain/api.ts';
import type { VisitSummary } from '../../../domain/web-api.ts';

/** Machines in one message: a slow reader holds up no more than this. */
const MOST_NODES = 200;

interface Entry {
  /** the summary as JSON; undefined when the machine is no longer listed */
  json: string | undefined;
  version: number;
}

/** A part of the changes, ready to be sent. */
export interface ChangeText {
  /** where the reader stands after it */
  id: string;
  /** a {@link LiveChanges} as JSON */
  text: string;
  isLast: boolean;
}

/**
 * The machines with a version each, so that a reader is told only what changed since it last asked. Nothing is kept for a reader:
 * all it has is the number that it stands at.
 */
export interface LiveFeed {
  /** takes in how things are now; versions go up where something is different */
  update(nodes: readonly NodeSummary[], visit: VisitSummary): void;
  /** the next changes for a reader; undefined when there is nothing new */
  after(id: string | undefined): ChangeText | undefined;
}

export function openLiveFeed(): LiveFeed {
  // numbers of another start of the master mean nothing
  const start = randomBytes(4).toString('hex');
  const entries = new Map<string, Entry>();
  let version = 0;
  let visitVersion = 0;
  let visitText = '';
  let latestVisit: VisitSummary | undefined;
  let cached: { from: number; change: ChangeText } | undefined;

  const note = (mac: string, json: string | undefined): void => {
    version += 1;
    // to the end: the map is in the order of versions
    entries.delete(mac);
    entries.set(mac, { json, version });
  };

  return {
    update: (nodes, visit) => {
      const seen = new Set<string>();
      for (const node of nodes) {
        seen.add(node.mac);
        const json = JSON.stringify(node);
        if (entries.get(node.mac)?.json !== json) note(node.mac, json);
      }
      if (seen.size < entries.size)
        for (const [mac, { json }] of [...entries]) if (json !== undefined && !seen.has(mac)) note(mac, undefined);
      const { now: _now, ...rest } = visit;
      const text = JSON.stringify(rest);
      latestVisit = visit;
      if (text === visitText) return;
      visitText = text;
      version += 1;
      visitVersion = version;
    },
    after: (id) => {
      const from = positionOf(id);
      if (from === version && from > 0) return undefined;
      if (cached?.from !== from || cached.change.id !== idOf(version)) cached = { from, change: changesAfter(from) };
      return cached.change;
    },
  };

  function idOf(at: number): string {
    return `${start}-${at}`;
  }

  function positionOf(id: string | undefined): number {
    const [, of, at] = /^([0-9a-f]{8})-(\d{1,15})$/.exec(id ?? '') ?? [];
    return of === start && Number(at) <= version ? Number(at) : 0;
  }

  function changesAfter(from: number): ChangeText {
    const nodes: string[] = [];
    const gone: string[] = [];
    let at = version;
    let isLast = true;
    let position = from;
    for (const [mac, entry] of entries) {
      if (entry.version <= from) continue;
      if (nodes.length + gone.length === MOST_NODES) {
        isLast = false;
        at = position;
        break;
      }
      position = entry.version;
      if (entry.json !== undefined) nodes.push(entry.json);
      else if (from > 0) gone.push(JSON.stringify(mac));
    }
    const id = idOf(at);
    // a long list comes in parts, and the totals are wanted with the first of them
    const visit =
      latestVisit !== undefined && (from === 0 || (isLast && visitVersion > from)) ? `,"visit":${JSON.stringify(latestVisit)}` : '';
    const head = `"id":"${id}","isWhole":${from === 0},"isLast":${isLast}`;
    return { id, isLast, text: `{${head},"nodes":[${nodes.join(',')}],"gone":[${gone.join(',')}]${visit}}` };
  }
}
