import { createInterface } from 'node:readline/promises';
import { terminalText } from '../domain/values/terminal-text.ts';

/** Asks whoever sits there; undefined when nobody does. */
export async function askPerson(question: string): Promise<string | undefined> {
  if (process.stdin.isTTY !== true) return undefined;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(terminalText(question));
  } finally {
    lines.close();
  }
}
