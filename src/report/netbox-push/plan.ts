import { type CableMatch, cableFinder } from './cable-ends.ts';
import { changesOf, type FieldChange } from './field-changes.ts';
import type { NetboxKind } from './kinds.ts';
import { finderOf, type KnownIds } from './match.ts';
import { addressFinder } from './match-address.ts';
import { assetTags, deviceFinder } from './match-device.ts';
import type { NetboxObject } from './netbox-object.ts';
import { refKey, refsOf, type WantedObject } from './wanted.ts';

/** What becomes of something wanted. */
export interface PlanEntry {
  /** `left`: a person has to decide, `why` says what; `without`: what it belongs to is left */
  action: 'create' | 'change' | 'same' | 'left' | 'without';
  wanted: WantedObject;
  /** number in NetBox */
  id?: number;
  changes: readonly FieldChange[];
  why?: string;
  /** of a cable: the interface at its other end */
  farEnd?: number;
}

/** Lays what is wanted beside what NetBox has, kind after kind, in their order. */
export class PushPlan {
  readonly #ids = new Map<string, number>();
  readonly #objects = new Map<string, NetboxObject>();
  readonly #dropped = new Set<string>();
  readonly #taken = new Set<string>();

  /** Numbers of what NetBox has, or was given. */
  get ids(): KnownIds {
    return this.#ids;
  }

  /** The object is there now. */
  made(wanted: WantedObject, object: NetboxObject): void {
    this.#ids.set(refKey(wanted), object.id);
    this.#objects.set(refKey(wanted), object);
  }

  /** NetBox would not have it: what belongs to it is left as well. */
  drop(wanted: WantedObject): void {
    this.#dropped.add(refKey(wanted));
  }

  /** All wanted of a kind, beside the objects that NetBox showed for them. */
  compare(
    kind: NetboxKind,
    wanteds: readonly WantedObject[],
    objects: readonly NetboxObject[],
    switches: readonly NetboxObject[] = [],
  ): PlanEntry[] {
    const find = finder(kind, objects, switches);
    const tags = kind === 'device' ? assetTags(objects) : undefined;
    return wanteds.map((wanted) => this.#entry(wanted, find, tags));
  }

  /** Fields of objects that could not be said before others were there. */
  compareLater(wanteds: readonly WantedObject[]): PlanEntry[] {
    return wanteds.map((wanted) => {
      if (this.#isWithout(wanted)) return { action: 'without', wanted, changes: [] };
      const of = wanted.of === undefined ? undefined : this.#objects.get(refKey(wanted.of));
      const changes = changesOf(of, wanted, this.#ids);
      return { action: changes.length === 0 ? 'same' : 'change', wanted, changes, ...(of === undefined ? {} : { id: of.id }) };
    });
  }

  #entry(wanted: WantedObject, find: Finder, tags: ReadonlyMap<string, number> | undefined): PlanEntry {
    if (this.#isWithout(wanted)) {
      this.drop(wanted);
      return { action: 'without', wanted, changes: [] };
    }
    const match = find(wanted, this.#ids);
    if (match === undefined || 'farEnd' in match) {
      const own = withoutTakenTag(wanted, undefined, tags);
      return { action: 'create', wanted: own, changes: [], ...(match === undefined ? {} : { farEnd: match.farEnd }) };
    }
    if ('left' in match) return this.#leave(wanted, match.left);
    const claim = `${wanted.kind} ${match.object.id}`;
    const claimed = refKey(wanted);
    if (this.#taken.has(claim) && this.#ids.get(claimed) !== match.object.id)
      return this.#leave(wanted, 'another one of the visit is the same in NetBox');
    this.#taken.add(claim);
    this.made(wanted, match.object);
    const changes = wanted.kind === 'cable' ? [] : changesOf(match.object, withoutTakenTag(wanted, match.object.id, tags), this.#ids);
    return { action: changes.length === 0 ? 'same' : 'change', wanted, id: match.object.id, changes };
  }

  #leave(wanted: WantedObject, why: string): PlanEntry {
    this.drop(wanted);
    return { action: 'left', wanted, changes: [], why };
  }

  #isWithout(wanted: WantedObject): boolean {
    return refsOf(wanted).some((ref) => this.#dropped.has(refKey(ref)));
  }
}

type Finder = (wanted: WantedObject, ids: KnownIds) => CableMatch;

function finder(kind: NetboxKind, objects: readonly NetboxObject[], switches: readonly NetboxObject[]): Finder {
  if (kind === 'device') return deviceFinder(objects);
  if (kind === 'ip') return addressFinder(objects);
  return kind === 'cable' ? cableFinder(objects, switches) : finderOf(kind, objects);
}

/** NetBox takes a label once: where another device has it, this one goes without. */
function withoutTakenTag(wanted: WantedObject, id: number | undefined, tags: ReadonlyMap<string, number> | undefined): WantedObject {
  const { asset_tag: tag, ...first } = wanted.first;
  const owner = tags?.get(String(tag ?? ''));
  return tag === undefined || owner === undefined || owner === id ? wanted : { ...wanted, first };
}
