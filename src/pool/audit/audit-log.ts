import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { type AuditCheck, AuditEntry } from '../../domain/pool/api-views.ts';
import { atMost } from '../../domain/values/at-most.ts';
import { appendLines, mendLastLine } from '../../platform/files/append-log.ts';
import { makeDirectory } from '../../platform/files/directories.ts';
import { readOrUndefined, syncPath } from '../../platform/files/files.ts';
import { withLockFile } from '../../platform/files/lock-file.ts';

/** Who did what; a line is never taken back. */
export interface AuditLog {
  note(entry: Omit<AuditEntry, 'number' | 'at' | 'previous'>): Promise<void>;
  /** the newest last; `node`: only what is about it */
  read(filter?: { node?: string; since?: Date }): Promise<AuditEntry[]>;
  /**
   * Whether each line carries the sha256 of the line before. Lines taken away from the end leave no gap: who must rule that out keeps
   * the number and sum of the last line elsewhere.
   */
  verify(): Promise<AuditCheck>;
}

const NO_LINE = '0'.repeat(64);

/** Several processes may write: the head, and `recon user` beside it. */
export function auditLog(path: string, { now }: { now: () => Date }): AuditLog {
  const inTurn = atMost(1);
  return {
    note: (entry) =>
      inTurn(async () => {
        await makeDirectory(dirname(path));
        await withLockFile(`${path}.lock`, async () => {
          await mendLastLine(path);
          const lines = await linesOf(path);
          const previous = lines.length === 0 ? NO_LINE : sha256Of(lines.at(-1) ?? '');
          const line: AuditEntry = { number: lines.length + 1, at: now().toISOString(), ...entry, previous };
          await appendLines(path, [JSON.stringify(line)]);
          await syncPath(path);
        });
      }),
    read: async ({ node, since } = {}) =>
      (await linesOf(path)).flatMap((text) => {
        const entry = entryOf(text);
        if (entry === undefined) return [];
        if (node !== undefined && entry.nodes?.includes(node) !== true) return [];
        return since !== undefined && entry.at < since.toISOString() ? [] : [entry];
      }),
    verify: async () => {
      const lines = await linesOf(path);
      const torn: number[] = [];
      let previous = NO_LINE;
      for (const [index, text] of lines.entries()) {
        const entry = entryOf(text);
        if (entry === undefined) torn.push(index + 1);
        else if (entry.previous !== previous || entry.number !== index + 1) return { lines: lines.length, brokenAt: index + 1, torn };
        previous = sha256Of(text);
      }
      return { lines: lines.length, torn };
    },
  };
}

async function linesOf(path: string): Promise<string[]> {
  const text = (await readOrUndefined(path))?.toString('utf8') ?? '';
  const lines = text.split('\n');
  // behind the last end of line there is nothing
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function entryOf(text: string): AuditEntry | undefined {
  try {
    return AuditEntry.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
