import type { Turns } from '../platform/in-turns.ts';
import { editBraced } from './braced-edits.ts';
import { type CutText, cutEntries } from './cut-entries.ts';
import { type SettingChange, withSettings } from './edit-text.ts';
import { isReadApart } from './entry-settings.ts';
import type { EntryText } from './entry-text.ts';
import { type FlowHabit, flowHabit } from './flow-text.ts';
import { parsedYaml } from './parsed-yaml.ts';

/**
 * A file of settings with values changed, as {@link withSettings}; where its entries were read apart, only those are read again that change. Yields after each.
 * @throws ReconError `usage` when the text is no YAML, or an anchor or alias stands where something is to be set
 */
export function* withEntrySettings(text: string, changes: readonly SettingChange[]): Turns<string> {
  // the entries below a key of the file, where all that changes stands there
  const [first] = changes[0]?.[0] ?? [];
  const isBelow = changes.every(([path]) => path.length > 1 && path[0] === first);
  for (const below of isBelow ? [undefined, first] : [undefined]) {
    const cut = cutEntries(text, below);
    yield;
    if (cut === undefined || cut.entries.length < MANY || !(yield* areChangedApart(cut.entries))) continue;
    const own = below === undefined ? changes : changes.map(([[, ...path], value]): SettingChange => [path as [string], value]);
    const edited = yield* cut.entries[0]?.isBraced === true ? editBraced(cut, own) : editEntries(cut, own);
    if (edited !== undefined) return edited;
  }
  return withSettings(text, changes);
}

/** Fewer are changed in no time, and by the plainer way. */
const MANY = 100;

function* areChangedApart(entries: readonly EntryText[]): Turns<boolean> {
  for (const [at, entry] of entries.entries()) {
    if (!isChangedApart(entry)) return false;
    if (at % LOOKED_AT_IN_A_TURN === 0) yield;
  }
  return true;
}

/** So many that stay as they are go by in one turn. */
const LOOKED_AT_IN_A_TURN = 512;

/** Behind a star another entry is meant. */
function isChangedApart(entry: EntryText): boolean {
  return isReadApart(entry) && !/(^|[\s,:[{])[&*][^\s&*]/.test(entry.text);
}

/** So many new entries are written in one turn. */
const NEW_IN_A_TURN = 50;

function* editEntries({ head, entries, tail }: CutText, changes: readonly SettingChange[]): Turns<string | undefined> {
  const byKey = Map.groupBy(changes, ([[key]]) => key);
  const habit = habitOf(entries);
  const done: string[] = [];
  for (const [at, { key, text }] of entries.entries()) {
    const own = byKey.get(key) ?? [];
    byKey.delete(key);
    if (at % LOOKED_AT_IN_A_TURN === 0) yield;
    if (own.length === 0) done.push(text);
    else {
      const after = own.some(isRemoval) ? without(text, own, done.pop()) : withSettings(text, own, habit);
      if (after === undefined) return undefined;
      done.push(after);
      yield;
    }
  }
  const added = [...byKey.values()].flat();
  const [last, comments] = withoutComments(done.pop() ?? '') ?? [];
  if (last === undefined || (added.length > 0 && last === '')) return undefined;
  const isOpen = added.length > 0 && comments === '' && !last.endsWith('\n');
  done.push(isOpen ? `${last}${entries[0]?.text.endsWith('\r\n') === true ? '\r\n' : '\n'}` : last);
  for (let at = 0; at < added.length; at += NEW_IN_A_TURN) {
    const before = done.pop() ?? '';
    const after = withSettings(before, added.slice(at, at + NEW_IN_A_TURN), habit);
    // what was added last is enough to add to
    if (after.startsWith(before)) done.push(before, after.slice(before.length));
    else done.push(after);
    yield;
  }
  return [head, ...done, comments, tail].join('');
}

function isRemoval([path, value]: SettingChange): boolean {
  return path.length === 1 && value === undefined;
}

/** An entry goes with the comment above it, which stands behind the one before; what stands above the first one is about all of them. */
function without(text: string, own: readonly SettingChange[], before: string | undefined): string | undefined {
  if (own.length > 1) return undefined;
  // nothing before it but what was taken out, too
  return before === undefined || before.trim() === '' || !/(?<![^\n]) *[^#\s]/.test(before)
    ? joined(before, withoutComments(text)?.[1])
    : withSettings(`${before}${text}`, own);
}

function joined(before = '', comments?: string): string | undefined {
  return comments === undefined ? undefined : `${before}${comments}`;
}

/** An entry, and the comments behind it; undefined where they may be part of what it says. */
function withoutComments(text: string): [entry: string, comments: string] | undefined {
  if (/[|>]/.test(text)) return undefined;
  const at = /(?<![^\n])(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:[ \t]*#[^\n]*)?$/.exec(text)?.index ?? text.length;
  return [text.slice(0, at), text.slice(at)];
}

/** Of the first entries: nobody writes each in another way. */
function habitOf(entries: readonly EntryText[]): FlowHabit {
  const text = entries
    .slice(0, HABITUAL)
    .map((entry) => entry.text)
    .join('');
  return flowHabit(text, parsedYaml(text));
}

const HABITUAL = 10;
