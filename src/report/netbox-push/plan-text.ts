import { counted } from '../../domain/values/counted.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { GonePart } from './gone-parts.ts';
import { NETBOX_KINDS } from './kinds.ts';
import type { PlanEntry } from './plan.ts';
import { refKey } from './wanted.ts';

export interface WholePlan {
  entries: readonly PlanEntry[];
  gone: readonly GonePart[];
}

/** How many objects would be made, and how many changed. A field that is said of a new object later is no change of its own. */
export function planCounts({ entries, gone }: WholePlan): { create: number; change: number; left: number; gone: number } {
  const shown = shownEntries(entries);
  const count = (action: PlanEntry['action']): number => shown.filter((one) => one.action === action).length;
  return { create: count('create'), change: count('change'), left: count('left'), gone: gone.length };
}

/** The plan for people: `+` what is made, `~` what is changed, `-` what NetBox has and the visit did not see, `!` what a person has to decide. Of a new device its parts are counted. */
export function planText(plan: WholePlan): string {
  const shown = shownEntries(plan.entries);
  const news = shown.filter(({ action }) => action === 'create');
  const newDevices = new Set(news.filter(({ wanted }) => wanted.kind === 'device').map(({ wanted }) => wanted.key));
  const partsOf = Map.groupBy(
    news.filter(({ wanted }) => wanted.kind !== 'device' && newDevices.has(wanted.device ?? '')),
    ({ wanted }) => wanted.device ?? '',
  );
  const lines = shown.flatMap(({ action, wanted, changes, why }) => {
    const what = `${NETBOX_KINDS[wanted.kind].words[0]} ${wanted.words}`;
    if (action === 'change')
      return [`~ ${what}: ${changes.map(({ field, from, to }) => `${field} ${from === '' ? 'is now' : `${from} ->`} ${to}`).join(', ')}`];
    if (action === 'left') return [`! ${what}: ${why}; it is left as it is`];
    if (action !== 'create') return [];
    if (wanted.kind === 'device') return [`+ ${what}${partsText(partsOf.get(wanted.key) ?? [])}`];
    return newDevices.has(wanted.device ?? '') ? [] : [`+ ${what}`];
  });
  const gone = plan.gone.map(({ kind, words }) => `- ${NETBOX_KINDS[kind].words[0]} ${words}: not seen; it stays in NetBox`);
  return [...lines, ...gone].map((line) => `${line}\n`).join('');
}

/** One line at the end. */
export function planSummary(plan: WholePlan): string {
  const { create, change, left, gone } = planCounts(plan);
  const rest = [left === 0 ? '' : `, ${left} left to a person`, gone === 0 ? '' : `, ${gone} not seen`].join('');
  return create + change === 0 ? `NetBox has everything already${rest}` : `${create} to make, ${change} to change${rest}`;
}

/** What is done or left; without fields that are said of what is new, which are a part of making it. */
function shownEntries(entries: readonly PlanEntry[]): PlanEntry[] {
  const made = new Set(entries.filter(({ action }) => action === 'create').map(({ wanted }) => refKey(wanted)));
  return entries.filter(({ action, wanted }) => {
    if (action === 'same' || action === 'without') return false;
    return wanted.of === undefined || !made.has(refKey(wanted.of));
  });
}

function partsText(parts: readonly PlanEntry[]): string {
  if (parts.length === 0) return '';
  const kinds = [...Map.groupBy(parts, ({ wanted }) => wanted.kind)];
  return `, with ${kinds.map(([kind, { length }]) => counted(length, NETBOX_KINDS[kind].words[0], NETBOX_KINDS[kind].words[1])).join(', ')}`;
}

/** The plan for programs, every object by itself. */
export function planJson({ entries, gone }: WholePlan): object[] {
  return [
    ...shownEntries(entries).map(({ action, wanted, id, changes, why }) => ({
      ...{ action, kind: NETBOX_KINDS[wanted.kind].model, object: wanted.words },
      ...definedOnly({ id, why }),
      ...(action === 'change' ? { changes: changes.map(({ field, from, to }) => ({ field, from, to })) } : {}),
    })),
    ...gone.map(({ kind, id, words }) => ({ action: 'gone', kind: NETBOX_KINDS[kind].model, object: words, id })),
  ];
}
