import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** Waits until a file of process numbers has that line, and reads it. */
export async function pidFrom(path: string, index: number): Promise<number> {
  for (;;) {
    const pids = await readFile(path, 'utf8').catch(() => '');
    const found = pids.split('\n')[index];
    if (found !== undefined && found !== '') return Number(found);
    await delay(50);
  }
}
