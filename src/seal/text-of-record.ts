import { isPlainJson } from '../domain/values/plain-json.ts';
import { visibleTexts } from '../domain/values/visible-text.ts';

/** A record as it came, and what it says. */
export interface RecordText {
  json: string;
  /** nothing in it steers a terminal, which is so for nearly every record: nothing of it has to be looked at again */
  isPlain: boolean;
  /** with visible texts */
  value: unknown;
}

/** @throws SyntaxError when it is no JSON */
export function textOfRecord(json: string): RecordText {
  const isPlain = isPlainJson(json);
  const value: unknown = JSON.parse(json);
  return { json, isPlain, value: isPlain ? value : visibleTexts(value) };
}
