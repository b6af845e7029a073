import type { PseudonymKind } from './pseudonyms.ts';

/** What is done with a field: `keep` says nothing of whose machine it is, `drop` may say anything, the others get a pseudonym. */
export type ShareRule = PseudonymKind | 'keep' | 'drop';

/** The rules after which something is there. */
export type KeepingRule = Exclude<ShareRule, 'drop'>;

/** Rules by the path of an object (as in docs/fields.md; empty for the outermost): rule → its keys. A rule holds for all that is below a key. */
export type RuleTable = Readonly<Record<string, { readonly [Rule in ShareRule]?: string }>>;

/** The rules of a kind of document. What has none is left out, so that a new field is never shared by accident. */
export interface ShareRules {
  /** undefined: the path has no rule of its own */
  ruleOf(path: string): ShareRule | undefined;
  /** there are rules for what is below */
  isKnown(path: string): boolean;
}

export function shareRules(table: RuleTable): ShareRules {
  const rules = new Map(fieldRules(table));
  const known = new Set([...rules.keys()].flatMap(containersOf));
  return { ruleOf: (path) => rules.get(path), isKnown: (path) => known.has(path) };
}

/** Every field of a table with its rule. */
export function fieldRules(table: RuleTable): (readonly [path: string, rule: ShareRule])[] {
  return Object.entries(table).flatMap(([parent, rules]) =>
    (Object.entries(rules) as [ShareRule, string][]).flatMap(([rule, keys]) =>
      keys.split(/\s+/).map((key) => [pathOf(parent, key), rule] as const),
    ),
  );
}

/** The path of a key of an object. */
export function pathOf(parent: string, key: string): string {
  return parent === '' ? key : `${parent}.${key}`;
}

/** Of `disks[].nvme.uuid`: the document itself, `disks`, `disks[]` and `disks[].nvme`. */
function containersOf(path: string): string[] {
  return ['', ...[...path.matchAll(/\[\]|\./g)].map(({ index }) => path.slice(0, index))];
}
