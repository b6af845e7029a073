import type { z } from 'zod';

/** What is wrong with one value that was sent or written, in plain words; where a schema says it in words of its own, in these. */
export function issueWords(issue: z.core.$ZodIssue): string {
  if (!/^(Too small|Too big|Invalid |Unrecognized key)/.test(issue.message)) return issue.message;
  if (issue.code === 'unrecognized_keys')
    return `${issue.keys.map((key) => `"${key}"`).join(', ')} ${issue.keys.length === 1 ? 'is' : 'are'} not known here`;
  if (issue.code === 'too_small')
    return Number(issue.minimum) === 1 && issue.origin === 'string' ? 'it is empty' : `at least ${amount(issue.minimum, issue.origin)}`;
  if (issue.code === 'too_big') return `${amount(issue.maximum, issue.origin)} at most`;
  if (issue.code === 'invalid_type') return `${WANTED[issue.expected] ?? issue.expected} is wanted here`;
  if (issue.code === 'invalid_value') return `it is none of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'invalid_format') return `it is no ${FORMATS[issue.format] ?? issue.format}`;
  return issue.message;
}

const WANTED: Readonly<Record<string, string>> = {
  ...{ string: 'a text', number: 'a number', int: 'a whole number', boolean: 'true or false' },
  ...{ array: 'a list', object: 'an object', record: 'an object', nonoptional: 'a value' },
};
const FORMATS: Readonly<Record<string, string>> = { uuid: 'UUID', datetime: 'time such as 2026-11-29T06:00:00Z' };
const COUNTED: Readonly<Record<string, readonly [one: string, many: string]>> = {
  ...{ string: ['letter', 'letters'], array: ['entry', 'entries'], set: ['entry', 'entries'] },
};

function amount(count: number | bigint, of: string): string {
  const [one, many] = COUNTED[of] ?? ['', ''];
  return `${count} ${Number(count) === 1 ? one : many}`.trim();
}
