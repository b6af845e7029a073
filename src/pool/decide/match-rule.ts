import type { PoolRule, RuleCondition } from '../../domain/pool/pool-settings.ts';
import type { BootingMachine } from './booting-machine.ts';

/** Why a rule does not match, as `serial is ABC1, not DEF*`; undefined when it does. `tags`: those of the node. */
export function whyNoMatch({ when }: Pick<PoolRule, 'when'>, facts: BootingMachine, tags: readonly string[]): string | undefined {
  for (const [key, wanted] of Object.entries(when) as [keyof RuleCondition, RuleCondition[keyof RuleCondition]][]) {
    const found = valuesOf(key, facts, tags);
    if (found.length === 0) return key === 'tag' ? 'it has no tags' : `its ${WORDS[key]} is not known`;
    if (!found.some((value) => MATCHERS[key](String(value), listOf(wanted)))) return `${WORDS[key]} is ${found.join(', ')}`;
  }
  return undefined;
}

const WORDS: Record<keyof RuleCondition, string> = {
  vendor: 'vendor',
  product: 'product',
  serial: 'serial number',
  uuid: 'UUID',
  mac: 'MAC address',
  memoryGiB: 'memory in GiB',
  firmware: 'firmware',
  architecture: 'architecture',
  switch: 'switch',
  port: 'switch port',
  tag: 'tag',
};

type Matcher = (value: string, wanted: readonly string[]) => boolean;
const likeAny: Matcher = (value, wanted) => wanted.some((pattern) => isLike(value, pattern));

const MATCHERS: Record<keyof RuleCondition, Matcher> = {
  vendor: likeAny,
  product: likeAny,
  serial: likeAny,
  uuid: likeAny,
  mac: (value, wanted) =>
    likeAny(
      value.replaceAll(':', ''),
      wanted.map((pattern) => pattern.replaceAll(/[:-]/g, '')),
    ),
  memoryGiB: (value, wanted) => wanted.some((bound) => isWithin(Number(value), bound)),
  firmware: likeAny,
  architecture: likeAny,
  switch: likeAny,
  port: (value, wanted) => wanted.some((pattern) => isPort(value, pattern)),
  tag: likeAny,
};

function valuesOf(key: keyof RuleCondition, facts: BootingMachine, tags: readonly string[]): readonly (string | number)[] {
  if (key === 'tag') return tags;
  const value = key === 'memoryGiB' ? gibibytes(facts.memoryBytes) : facts[key];
  return value === undefined ? [] : [value];
}

function gibibytes(bytes: number | undefined): number | undefined {
  return bytes === undefined ? undefined : Math.round((bytes / 1024 ** 3) * 100) / 100;
}

function listOf(wanted: RuleCondition[keyof RuleCondition]): readonly string[] {
  return Array.isArray(wanted) ? wanted : [String(wanted)];
}

/** Whether a text fits a pattern in which `*` stands for any letters and `?` for one. Capitals and blanks at the ends do not matter. */
export function isLike(text: string, pattern: string): boolean {
  let expression = expressions.get(pattern);
  if (expression === undefined) {
    expression = expressionOf(pattern);
    if (expressions.size >= MOST_EXPRESSIONS) expressions.clear();
    expressions.set(pattern, expression);
  }
  return expression.test(text.trim());
}

/** Thousands of machines ask at once, each is held against every rule, and compiling takes longer than all the rest. */
const expressions = new Map<string, RegExp>();
const MOST_EXPRESSIONS = 20_000;

function expressionOf(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'is');
}

function isWithin(value: number, bound: string): boolean {
  const [, sign = '=', number = ''] = /^\s*(<=|>=|<|>|=)?\s*(\d+(?:\.\d+)?)\s*$/.exec(bound) ?? [];
  const limit = Number(number);
  return { '<': value < limit, '<=': value <= limit, '>': value > limit, '>=': value >= limit, '=': value === limit }[sign] ?? false;
}

/** Ports are called `12`, `Ethernet1/12`, `ge-0/0/12`; a range is one of the last number. */
function isPort(port: string, wanted: string): boolean {
  const [, from, to] = /^\s*(\d+)\s*\.\.\s*(\d+)\s*$/.exec(wanted) ?? [];
  if (from === undefined || to === undefined) return isLike(port, wanted);
  const last = /(\d+)\D*$/.exec(port)?.[1];
  return last !== undefined && Number(last) >= Number(from) && Number(last) <= Number(to);
}
