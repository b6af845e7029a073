import type { ExportVisit } from './export-format.ts';
import type { ExportMachine } from './export-machine.ts';
import { commentText } from './safe-text.ts';

/** A line for people on which machine it is: maker, model, serial number; safe behind a comment sign. */
export function aboutMachine({ sections: { system }, mac }: ExportMachine): string {
  const model = [system?.vendor, system?.product].filter((word) => word !== undefined).join(' ');
  const serial = system?.serial === undefined ? '' : `, serial number ${system.serial}`;
  return commentText(`${model === '' ? mac : model}${serial}`);
}

/** The first line of a file that has comments. */
export function aboutVisit({ site, createdAt }: ExportVisit): string {
  return commentText(`site ${site}, inventory of ${createdAt}`);
}
