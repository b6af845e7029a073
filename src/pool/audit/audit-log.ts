import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { type AuditCheck, AuditEntry } from '../../domain/pool/api-views.ts';
import { atMost } from '../../domain/values/at-most.ts';
import { appendLines, mendLastLine } from '../../platform/files/append-log.ts';
import { makeDirectory } from '../../platform/files/directories.ts';
import { fileFacts } from '../../platform/files/file-reader.ts';
import { readOrUndefined, syncPath } from '../../platform/files/files.ts';
import { withLockFile } from '../../platform/files/lock-file.ts';
import { inTurns, type Turns } from '../../platform/in-turns.ts';

/** When a name became that of nobody. */
export interface NameEnd {
  revision: number;
  at: string;
}

export interface AuditFilter {
  /** only what is about this node */
  node?: string;
  /** names that it had, until then */
  earlier?: ReadonlyMap<string, NameEnd>;
  since?: Date;
}

/** Who did what; a line is never taken back. */
export interface AuditLog {
  note(entry: Omit<AuditEntry, 'number' | 'at' | 'previous'>): Promise<void>;
  /** the newest last */
  read(filter?: AuditFilter): Promise<AuditEntry[]>;
  /**
   * Whether each line carries the sha256 of the line before. Lines taken away from the end leave no gap: who must rule that out keeps
   * the number and sum of the last line elsewhere.
   */
  verify(): Promise<AuditCheck>;
}

const NO_LINE = '0'.repeat(64);

/** Several processes may write: the head, and `recon user` beside it. */
export function auditLog(path: string, { now }: { now: () => Date }): AuditLog {
  const inOrder = atMost(1);
  let end: LogEnd | undefined;
  return {
    note: (entry) =>
      inOrder(async () => {
        await makeDirectory(dirname(path));
        await withLockFile(`${path}.lock`, async () => {
          await mendLastLine(path);
          const sizeBytes = (await fileFacts(path))?.sizeBytes ?? 0;
          // whoever else wrote made it longer; a log of years is not read for each line
          if (end?.sizeBytes !== sizeBytes) end = endOf(await linesOf(path), sizeBytes);
          const line: AuditEntry = { number: end.lines + 1, at: now().toISOString(), ...entry, previous: end.sum };
          const text = JSON.stringify(line);
          await appendLines(path, [text]);
          await syncPath(path);
          end = { lines: end.lines + 1, sum: sha256Of(text), sizeBytes: sizeBytes + Buffer.byteLength(text) + 1 };
        });
      }),
    read: async (filter = {}) => inTurns(entriesOf(await linesOf(path), filter)),
    verify: async () => inTurns(checkOf(await linesOf(path))),
  };
}

/** What the next line hangs on. */
interface LogEnd {
  lines: number;
  /** of the last line */
  sum: string;
  sizeBytes: number;
}

function endOf(lines: readonly string[], sizeBytes: number): LogEnd {
  return { lines: lines.length, sum: lines.length === 0 ? NO_LINE : sha256Of(lines.at(-1) ?? ''), sizeBytes };
}

function* entriesOf(lines: readonly string[], { node, earlier, since }: AuditFilter): Turns<AuditEntry[]> {
  const found: AuditEntry[] = [];
  for (const text of lines) {
    const entry = entryOf(text);
    yield;
    if (entry === undefined) continue;
    if (node !== undefined && entry.nodes?.some((name) => name === node || isBefore(entry, earlier?.get(name))) !== true) continue;
    if (since === undefined || entry.at >= since.toISOString()) found.push(entry);
  }
  return found;
}

/** By the order of revisions where it is known: a clock may be set back. */
function isBefore({ revision, at }: AuditEntry, end: NameEnd | undefined): boolean {
  return end !== undefined && (revision === undefined ? at <= end.at : revision <= end.revision);
}

function* checkOf(lines: readonly string[]): Turns<AuditCheck> {
  const torn: number[] = [];
  let previous = NO_LINE;
  for (const [index, text] of lines.entries()) {
    const entry = entryOf(text);
    if (entry === undefined) torn.push(index + 1);
    else if (entry.previous !== previous || entry.number !== index + 1) return { lines: lines.length, brokenAt: index + 1, torn };
    previous = sha256Of(text);
    yield;
  }
  return { lines: lines.length, torn };
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
