import { knownWords } from '../../domain/values/known-words.ts';
import { isTimePossible } from '../../domain/visit/possible-time.ts';
import type { ExportVisit } from './format.ts';
import type { ExportMachine } from './machine.ts';
import { commentText } from './safe-text.ts';

/** A line for people on which machine it is: maker, model, serial number; safe behind a comment sign. */
export function aboutMachine({ sections: { system }, mac }: ExportMachine): string {
  const model = knownWords([system?.vendor, system?.product]);
  const serial = system?.serial === undefined ? '' : `, serial number ${system.serial}`;
  return commentText(`${model === '' ? mac : model}${serial}`);
}

/** The first lines of a file that has comments behind `#`: what it is, which visit it is from, and how it is used. */
export function fileHead(what: string, { site, createdAt, imageVersion, visit }: ExportVisit, howTo: readonly string[]): string {
  const from = `site ${site}, visit sealed at ${createdAt}${isTimePossible({ at: createdAt, visit }) ? '' : " (the master's clock was not set)"}, written by Recon (image ${imageVersion})`;
  return [what, from, ...howTo].map((line) => `# ${commentText(line)}\n`).join('');
}
