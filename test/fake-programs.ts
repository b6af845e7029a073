import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '../src/platform/files/files.ts';

/** Stands between the words of a call in the list of calls (unit separator). */
const SEPARATOR = '\x1f';

export interface FakePrograms extends AsyncDisposable {
  /** every call so far: name and arguments */
  calls(): Promise<string[][]>;
  /** where the scripts lie and run; they may keep files there */
  readonly path: string;
}

/**
 * Shell scripts in the place of programs: first on the search path until they are disposed of, and every call is noted. Their working
 * directory is their own.
 */
export async function fakePrograms(scripts: Readonly<Record<string, string>>): Promise<FakePrograms> {
  const directory = await temporaryDirectory('recon-fakes-');
  const list = join(directory.path, 'calls');
  await writeFile(list, '');
  for (const [name, body] of Object.entries(scripts)) {
    const program = join(directory.path, name);
    const note = `words=$(printf '%s${SEPARATOR}' ${name} "$@"); printf '%s\\n' "$words" >> '${list}'; cd '${directory.path}'`;
    await writeFile(program, `#!/bin/sh\n${note}\n${body}\n`);
    await chmod(program, 0o755);
  }
  const before = process.env['PATH'];
  process.env['PATH'] = `${directory.path}:${before}`;
  return {
    path: directory.path,
    calls: async () =>
      (await readFile(list, 'utf8'))
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => line.split(SEPARATOR).slice(0, -1)),
    [Symbol.asyncDispose]: async () => {
      process.env['PATH'] = before;
      await directory[Symbol.asyncDispose]();
    },
  };
}
