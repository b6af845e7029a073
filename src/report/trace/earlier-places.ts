import { anyMac } from '../../domain/values/mac.ts';
import type { VisitNode } from '../../tarball/visit.ts';
import { everyPart } from './part-places.ts';

/** A visit before the one that a report is of. */
export interface EarlierSource {
  /** `2026-05-20 17:00 UTC, hall-3` */
  words: string;
}

/** Where a part of a machine was, visit by visit; equal ones that follow each other are one. */
export interface PartHistory {
  kind: string;
  label: string;
  /** serial numbers and addresses that stand in the machine's tables */
  names: readonly string[];
  /** empty: seen at none of the earlier visits */
  stays: readonly { visits: string; where: string }[];
}

/** What earlier visits know of parts. A part is told by any of its serial numbers and addresses. */
export class EarlierPlaces {
  readonly #sources: EarlierSource[] = [];
  /** by part, then by the number of the visit */
  readonly #places = new Map<string, Map<number, string>>();

  /** A visit; they come in the order of their times. Gives what takes its machines, one after the other. */
  begin(source: EarlierSource): (node: VisitNode) => void {
    const number = this.#sources.push(source) - 1;
    return (node) => {
      for (const { names, where, machine } of everyPart(node))
        for (const key of keysOf(names)) this.#add(key, number, `${machine}\n${where}`);
    };
  }

  get sources(): readonly EarlierSource[] {
    return this.#sources;
  }

  /** The history of every part of a machine of the newer visit. */
  historyOf(node: VisitNode): PartHistory[] {
    const [self] = everyPart(node);
    return everyPart(node).flatMap(({ kind, label, names }) => {
      const known = keysOf(names);
      if (known.length === 0) return [];
      const [places] = known.flatMap((key) => this.#places.get(key) ?? []);
      return [{ kind, label, names: names.filter((name) => name !== undefined), stays: this.#stays(places ?? new Map(), self?.machine) }];
    });
  }

  #add(key: string, visit: number, place: string): void {
    const places = this.#places.get(key) ?? new Map<number, string>();
    this.#places.set(key, places.has(visit) ? places : places.set(visit, place));
  }

  #stays(places: ReadonlyMap<number, string>, self: string | undefined): { visits: string; where: string }[] {
    const stays: { from: number; to: number; place: string }[] = [];
    for (const [visit, place] of [...places].sort(([a], [b]) => a - b)) {
      const last = stays.at(-1);
      if (last?.place === place && last.to === visit - 1) last.to = visit;
      else stays.push({ from: visit, to: visit, place });
    }
    const words = (visit: number): string => this.#sources[visit]?.words ?? '';
    return stays.map(({ from, to, place }) => {
      const [machine, where = ''] = place.split('\n');
      return {
        visits: from === to ? words(from) : `${words(from)} to ${words(to)}`,
        where: [machine === self ? 'here' : `in ${machine}`, where].filter((one) => one !== '').join(', '),
      };
    });
  }
}

/** Case and blanks around are a matter of the tool; the spelling of an address, too. */
function keysOf(names: readonly (string | undefined)[]): string[] {
  return names.flatMap((name) => {
    const plain = name?.trim().toLowerCase() ?? '';
    return plain === '' ? [] : [anyMac(plain) ?? plain];
  });
}
