import { type KeepingRule, pathOf, type ShareRule, type ShareRules } from './rules.ts';

/** What a rule makes of a text. */
export type MaskText = (text: string, rule: KeepingRule) => string;

/** A document with each text changed by the rule of its field. What has no rule, or a rule that its value does not fit, is left out. */
export function byRules(value: unknown, rules: ShareRules, change: MaskText, path = ''): unknown {
  const rule = rules.ruleOf(path);
  if (rule !== undefined) return underRule(value, rule, change);
  if (!rules.isKnown(path)) return undefined;
  return insideOf(value, (inner, key) => byRules(inner, rules, change, key === undefined ? `${path}[]` : pathOf(path, key)));
}

function underRule(value: unknown, rule: ShareRule, change: MaskText): unknown {
  // a list that the schema wants has to be there
  if (rule === 'drop') return Array.isArray(value) ? [] : undefined;
  if (typeof value === 'string') return change(value, rule);
  if (typeof value === 'object' && value !== null) return insideOf(value, (inner) => underRule(inner, rule, change));
  // a pseudonym stands for a text; a number in its place is none of ours
  return rule === 'keep' ? value : undefined;
}

/** A list or an object of what is made of its parts, without those that become undefined; anything else has no inside. */
function insideOf(value: unknown, made: (inner: unknown, key?: string) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return value.map((inner) => made(inner)).filter((inner) => inner !== undefined);
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, made(inner, key)] as const)
      .filter(([, inner]) => inner !== undefined),
  );
}
