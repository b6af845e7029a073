import type { z } from 'zod';
import { visibleTexts } from '../domain/values/visible-text.ts';
import { readTarGz, type TarMember } from '../platform/archive/tar-reader.ts';

/** A machine with a hundred disks has a record of half a megabyte. */
const MAX_LINE_BYTES = 64 * 1024 ** 2;
const MAX_TEXT_BYTES = 256 * 1024 ** 2;
const NEW_LINE = 0x0a;

/**
 * The lines of a .jsonl file in the tarball that the schema takes, with visible texts; `report` is told of the others, and of a file that breaks off.
 * A file that is not there has no lines.
 */
export async function* readLines<Schema extends z.ZodType>(
  path: string,
  name: string,
  schema: Schema,
  report: (fault: string) => void,
): AsyncGenerator<z.output<Schema>> {
  let number = 0;
  for await (const line of linesOf(path, name)) {
    number += 1;
    if (line === 'broken' || line === 'too-long') {
      report(line === 'broken' ? `a ${name} that breaks off in line ${number}` : `a ${name} whose line ${number} is too long to be read`);
      continue;
    }
    if (line.length === 0) continue;
    const parsed = schema.safeParse(jsonOrUndefined(line));
    if (parsed.success) yield parsed.data;
    else report(`a ${name} whose line ${number} makes no sense to this program: ${whyNot(parsed.error)}`);
  }
}

/** A small file of the tarball; undefined when it is not there or cannot be read to its end. */
export async function readText(path: string, name: string): Promise<string | undefined> {
  const member = await findMember(path, name);
  if (member === undefined) return undefined;
  const pieces: Buffer[] = [];
  try {
    if (member.member.sizeBytes > MAX_TEXT_BYTES) return undefined;
    for await (const piece of member.member.content) pieces.push(piece);
    return Buffer.concat(pieces).toString('utf8');
  } catch {
    return undefined;
  } finally {
    await member.close();
  }
}

async function* linesOf(path: string, name: string): AsyncGenerator<Buffer | 'broken' | 'too-long'> {
  const found = await findMember(path, name);
  if (found === undefined) return;
  let rest: Buffer[] = [];
  let restBytes = 0;
  let isSkipping = false;
  try {
    for await (const piece of found.member.content) {
      let from = 0;
      for (let at = piece.indexOf(NEW_LINE); at !== -1; at = piece.indexOf(NEW_LINE, from)) {
        yield isSkipping ? 'too-long' : Buffer.concat([...rest, piece.subarray(from, at)]);
        [rest, restBytes, isSkipping, from] = [[], 0, false, at + 1];
      }
      restBytes += piece.length - from;
      isSkipping ||= restBytes > MAX_LINE_BYTES;
      if (isSkipping) rest = [];
      else rest.push(piece.subarray(from));
    }
    if (restBytes > 0) yield isSkipping ? 'too-long' : Buffer.concat(rest);
  } catch {
    yield 'broken';
  } finally {
    await found.close();
  }
}

async function findMember(path: string, name: string): Promise<{ member: TarMember; close: () => Promise<void> } | undefined> {
  const items = readTarGz(path);
  for (let next = await items.next(); next.done !== true; next = await items.next()) {
    const item = next.value;
    if ('fault' in item || item.name !== name) continue;
    return { member: item, close: async () => void (await items.return(undefined)) };
  }
  return undefined;
}

function jsonOrUndefined(line: Buffer): unknown {
  try {
    return visibleTexts(JSON.parse(line.toString('utf8')));
  } catch {
    return undefined;
  }
}

function whyNot({ issues: [issue] }: z.ZodError): string {
  return issue === undefined || issue.path.length === 0 ? 'no object of JSON' : `${issue.path.join('.')}: ${issue.message}`;
}
