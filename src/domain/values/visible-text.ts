import { STEERING } from './terminal-text.ts';

/** Text in which {@link STEERING} is seen and obeyed by nobody: `<U+202E>` in its place. */
export function visibleText(text: string): string {
  // nearly all texts have none: to search costs half of replacing nothing
  if (text.search(STEERING) === -1) return text;
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
  if (typeof value !== 'object' || value === null || isVisible(value)) return value;
  if (Array.isArray(value)) return value.map(visible);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [visibleText(key), visible(item)]));
}

/** Whether there is nothing to change, which is so for nearly every record: nothing is built for it then. */
function isVisible(value: unknown): boolean {
  if (typeof value === 'string') return value.search(STEERING) === -1;
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isVisible);
  return Object.entries(value).every(([key, item]) => key.search(STEERING) === -1 && isVisible(item));
}
