import type { Turns } from '../platform/in-turns.ts';
import type { CutText } from './cut-entries.ts';
import { type SettingChange, withSettings } from './edit-text.ts';
import { type EntryText, textAlone } from './entry-text.ts';
import { entryText, type FlowHabit, flowHabit } from './flow-text.ts';
import { parsedYaml } from './parsed-yaml.ts';

/** So many that stay as they are go by in one turn. */
const LOOKED_AT_IN_A_TURN = 512;

/** A list in braces with values changed, entries taken out and others added: JSON stays JSON. Undefined where none would be left, or a part of a new one is set. */
export function* editBraced({ head, entries, tail }: CutText, changes: readonly SettingChange[]): Turns<string | undefined> {
  const byKey = Map.groupBy(changes, ([[key]]) => key);
  const [first] = entries;
  if (first === undefined) return undefined;
  const habit = habitOf(entries.slice(0, HABITUAL));
  const done: string[] = [];
  for (const [at, entry] of entries.entries()) {
    const own = byKey.get(entry.key);
    byKey.delete(entry.key);
    if (at % LOOKED_AT_IN_A_TURN === 0) yield;
    const after = own === undefined ? entry.text : edited(entry.text, own, habit);
    if (after === undefined) return undefined;
    if (after !== '') done.push(after);
    if (own !== undefined) yield;
  }
  const added = [...byKey.values()].flat();
  const last = done.pop();
  if (last === undefined || added.some(([path, value]) => path.length > 1 || value === undefined)) return undefined;
  const [indent = ''] = /^\s*/.exec(first.text) ?? [];
  const end = /\r?\n$/.exec(first.text)?.[0] ?? '\n';
  const own = added.map(([[key], value]) => `${indent}${entryText(key, value, habit)}`);
  return [head, ...done, [last.trimEnd().replace(/,$/, ''), ...own].join(`,${end}`), end, tail].join('');
}

/** Nothing for one that is taken out; undefined where that is one change of several. */
function edited(text: string, own: readonly SettingChange[], habit: FlowHabit): string | undefined {
  if (own.some(([path, value]) => path.length === 1 && value === undefined)) return own.length === 1 ? '' : undefined;
  const after = withSettings(textAlone({ text, isBraced: true }), own, habit);
  return after.startsWith('{') && after.endsWith('}') ? after.slice(1, -1) : undefined;
}

/** Of the first entries: nobody writes each in another way. */
function habitOf(entries: readonly EntryText[]): FlowHabit {
  const text = entries.map((entry) => entry.text).join('');
  const whole = `{${text.trimEnd().replace(/,$/, '')}}`;
  return flowHabit(whole, parsedYaml(whole));
}

const HABITUAL = 10;
