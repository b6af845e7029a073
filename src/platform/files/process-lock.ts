import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { pid } from 'node:process';
import { errorCode, readOrUndefined } from './files.ts';

/**
 * Takes a lock that its process holds until it gives it back or ends, however it ends: the file names process and start, and one of a process that is
 * no more counts for nothing. Gives the id of the process that has it when that is another.
 */
export async function takeProcessLock(path: string): Promise<AsyncDisposable | { heldBy: number }> {
  const own = `${path}.${pid}`;
  await writeFile(own, `${pid} ${await startOf(pid)}`, { mode: 0o644 });
  await using _own = { [Symbol.asyncDispose]: async () => rm(own, { force: true }) };
  for (;;) {
    try {
      // in one step with its content: a lock that is still empty would be taken for one that was left
      await link(own, path);
      return { [Symbol.asyncDispose]: async () => rm(path, { force: true }) };
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    const [holder = '', start = ''] = (await readOrUndefined(path))?.toString('utf8').split(' ') ?? [];
    if (start !== '' && (await startOf(Number(holder))) === start) return { heldBy: Number(holder) };
    await rm(path, { force: true });
  }
}

/** Clock ticks from the machine's start to the process's: two processes of one number differ in it. proc_pid_stat(5), field 22. */
async function startOf(id: number): Promise<string> {
  const text = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? 'none';
}
