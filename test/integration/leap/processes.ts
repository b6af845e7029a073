import { readdir, readFile } from 'node:fs/promises';

/** The command lines of other processes in which a path is. */
export async function processesNaming(path: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && name !== `${process.pid}`);
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line.includes(path)).map((line) => line.replaceAll('\0', ' '));
}
