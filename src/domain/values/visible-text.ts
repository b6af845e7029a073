import { STEERING } from './terminal-text.ts';

/** Text in which {@link STEERING} is seen and obeyed by nobody: `<U+202E>` in its place. */
export function visibleText(text: string): string {
  return text.replaceAll(STEERING, (character) => `<U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`);
}

/**
 * The same for each text and each key in a value of JSON, the value itself where there is nothing to change. JSON that escapes such a character is no
 * help to who reads it with a program: `jq` prints the character.
 */
export function visibleTexts<Value>(value: Value): Value {
  return visible(value) as Value;
}

function visible(value: unknown): unknown {
  if (typeof value === 'string') return visibleText(value);
  if (Array.isArray(value)) {
    const items = value.map(visible);
    return items.every((item, at) => item === value[at]) ? value : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const before = Object.entries(value);
  const after = before.map(([key, item]) => [visibleText(key), visible(item)] as const);
  return after.every(([key, item], at) => key === before[at]?.[0] && item === before[at]?.[1]) ? value : Object.fromEntries(after);
}
