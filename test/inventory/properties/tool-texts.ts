import type { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { normalise } from '../../../src/inventory/normalise.ts';
import { fixtureCapture } from '../capture-fixture.ts';

/** A capture whose texts can be damaged: each character is one byte (latin1), so that nothing is lost on the way there and back. */
export interface ToolTexts {
  name: string;
  /** by the id of the command */
  outputs: Readonly<Record<string, string>>;
  /** copied files by path, without leading slash */
  files: Readonly<Record<string, string>>;
  links: Readonly<Record<string, string>>;
}

export function recordOfTexts({ outputs, files, links }: Omit<ToolTexts, 'name'>): NodeRecord {
  const bytes = (texts: Readonly<Record<string, string>>): Record<string, Buffer> =>
    Object.fromEntries(Object.entries(texts).map(([id, text]) => [id, Buffer.from(text, 'latin1')]));
  return normalise(fixtureCapture({ outputs: bytes(outputs), files: bytes(files), links: { ...links } }));
}
