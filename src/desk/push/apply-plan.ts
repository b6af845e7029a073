import { ReconError } from '../../domain/errors.ts';
import { KINDS_IN_ORDER, KINDS_OF_A_DEVICE, NETBOX_KINDS, type NetboxKind } from '../../report/netbox-push/kinds.ts';
import type { PlanEntry, PushPlan } from '../../report/netbox-push/plan.ts';
import { bodyToChange, bodyToCreate } from '../../report/netbox-push/request-body.ts';
import { refKey } from '../../report/netbox-push/wanted.ts';
import type { WantedOfVisit } from '../../report/netbox-push/wanted-of-visit.ts';
import type { NetboxClient } from './netbox-client.ts';
import { MOST_TRIES, waitMs } from './patience.ts';
import { readKind } from './read-kind.ts';

/** A plan that was shown, and what it was made of. */
export interface PreparedPush {
  plan: PushPlan;
  wanted: WantedOfVisit;
  entries: ReadonlyMap<NetboxKind, readonly PlanEntry[]>;
}

interface ApplyDeps {
  client: NetboxClient;
  /** for sentences */
  name: string;
  sleep: (ms: number) => Promise<void>;
  random: () => number;
  warn: (sentence: string) => void;
  /** so many objects more are done */
  onDone: (count: number) => void;
  onWait: (sentence: string) => void;
}

export interface Applied {
  made: number;
  changed: number;
  /** NetBox would not have them; each was warned of */
  refused: number;
}

/** NetBox takes a list as a whole or not at all. */
const IN_A_REQUEST = 50;

/**
 * Makes and changes what the plan says, kind after kind. What NetBox refuses is told with its words, and what does not depend on it goes on. Killed at any time it can be
 * run again: the plan is made anew of what is there.
 * @throws ReconError `netbox-unreachable`, `netbox-refused`
 */
export async function applyPlan({ plan, wanted, entries }: PreparedPush, deps: ApplyDeps): Promise<Applied> {
  const run = new Run(plan, deps);
  let isAnew = false;
  for (const kind of KINDS_IN_ORDER) {
    const planned = entries.get(kind) ?? [];
    // a device brings ports and bays along from a type that NetBox had: what is there now is looked at once more
    const now: readonly PlanEntry[] = isAnew && KINDS_OF_A_DEVICE.includes(kind) ? await run.compared(kind, planned) : planned;
    await run.create(
      kind,
      now.filter(({ action }) => action === 'create'),
    );
    await run.change(
      kind,
      now.filter(({ action }) => action === 'change'),
    );
    if (kind === 'device') isAnew = now.some((entry) => entry.action === 'create' && isOfKnownType(entry, entries));
  }
  const later = Map.groupBy(plan.compareLater(wanted.later), ({ wanted: { kind } }) => kind);
  for (const [kind, some] of later)
    await run.change(
      kind,
      some.filter(({ action }) => action === 'change'),
    );
  return run.applied;
}

function isOfKnownType({ wanted: { first } }: PlanEntry, entries: PreparedPush['entries']): boolean {
  const type = first['device_type'];
  if (typeof type !== 'object' || !('idOf' in type)) return true;
  const key = refKey(type.idOf);
  return entries.get('deviceType')?.some(({ action, wanted }) => refKey(wanted) === key && action !== 'create') === true;
}

class Run {
  readonly applied: Applied = { made: 0, changed: 0, refused: 0 };
  readonly #plan: PushPlan;
  readonly #deps: ApplyDeps;

  constructor(plan: PushPlan, deps: ApplyDeps) {
    this.#plan = plan;
    this.#deps = deps;
  }

  async compared(kind: NetboxKind, entries: readonly PlanEntry[]): Promise<PlanEntry[]> {
    const wanteds = entries.map(({ wanted }) => wanted);
    const { objects, switches } = await readKind(this.#deps.client, kind, wanteds, this.#plan.ids);
    return this.#plan.compare(kind, wanteds, objects, switches);
  }

  async create(kind: NetboxKind, entries: readonly PlanEntry[]): Promise<void> {
    for (let at = 0; at < entries.length; at += IN_A_REQUEST) await this.#createSome(kind, entries.slice(at, at + IN_A_REQUEST));
  }

  async change(kind: NetboxKind, entries: readonly PlanEntry[]): Promise<void> {
    for (let at = 0; at < entries.length; at += IN_A_REQUEST) await this.#changeSome(kind, entries.slice(at, at + IN_A_REQUEST));
  }

  async #createSome(kind: NetboxKind, entries: readonly PlanEntry[]): Promise<void> {
    let rest = this.#possible(entries);
    for (let attempt = 0; rest.length > 0; attempt += 1) {
      const bodies = rest.map((entry) => bodyToCreate(entry, this.#plan.ids)).filter((body) => body !== undefined);
      const sent = await this.#deps.client.send(kind, 'POST', bodies);
      if (sent.outcome === 'refused') return this.#apart(kind, rest, sent.words, (some) => this.#createSome(kind, some));
      if (sent.outcome === 'done') {
        for (const [at, { wanted }] of rest.entries()) {
          const object = sent.objects[at];
          if (object !== undefined) this.#plan.made(wanted, object);
        }
        return this.#made(rest.length);
      }
      await this.#wait(attempt, sent.why);
      // it may have been made before the connection broke: sent once more, MAC addresses would be there twice
      const now = await this.compared(kind, rest);
      const missing = now.filter(({ action }) => action === 'create');
      this.#made(rest.length - missing.length);
      rest = missing;
    }
  }

  async #changeSome(kind: NetboxKind, entries: readonly PlanEntry[]): Promise<void> {
    const bodies = entries
      .map(({ id, wanted, changes }) => {
        const number = id ?? this.#plan.ids.get(refKey(wanted));
        return number === undefined ? undefined : bodyToChange(number, changes, this.#plan.ids);
      })
      .filter((body) => body !== undefined);
    for (let attempt = 0; bodies.length > 0; attempt += 1) {
      const sent = await this.#deps.client.send(kind, 'PATCH', bodies);
      if (sent.outcome === 'refused') return this.#apart(kind, entries, sent.words, (some) => this.#changeSome(kind, some));
      if (sent.outcome === 'unanswered') {
        await this.#wait(attempt, sent.why);
        continue;
      }
      const own = entries.filter(({ wanted }) => wanted.of === undefined).length;
      this.applied.changed += own;
      return this.#deps.onDone(own);
    }
  }

  /** Without those that name something that NetBox did not take. */
  #possible(entries: readonly PlanEntry[]): PlanEntry[] {
    return entries.filter((entry) => {
      if (bodyToCreate(entry, this.#plan.ids) !== undefined) return true;
      this.#plan.drop(entry.wanted);
      this.#deps.onDone(1);
      return false;
    });
  }

  /** Of a list that is refused, each by itself: so the one is told that is wrong, and the others are taken. */
  async #apart(kind: NetboxKind, entries: readonly PlanEntry[], words: string, again: (some: PlanEntry[]) => Promise<void>): Promise<void> {
    if (entries.length > 1) {
      for (const entry of entries) await again([entry]);
      return;
    }
    for (const { wanted } of entries) {
      this.#plan.drop(wanted);
      this.applied.refused += 1;
      this.#deps.onDone(1);
      this.#deps.warn(`${this.#deps.name} does not take the ${NETBOX_KINDS[kind].words[0]} ${wanted.words}: ${words}`);
    }
  }

  #made(count: number): void {
    this.applied.made += count;
    this.#deps.onDone(count);
  }

  async #wait(attempt: number, why: string): Promise<void> {
    if (attempt + 1 >= MOST_TRIES)
      throw new ReconError('netbox-unreachable', `${this.#deps.name} does not answer any more: ${why}`, {
        hint: 'what was done stays: run it again, and it goes on',
      });
    const ms = waitMs(attempt, this.#deps.random);
    this.#deps.onWait(`${this.#deps.name} did not answer (${why}): again in ${Math.ceil(ms / 1000)} s`);
    await this.#deps.sleep(ms);
  }
}
