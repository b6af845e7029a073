import { join } from 'node:path';
import { Receipt } from '../domain/api.ts';
import { makeDirectory, removePath } from '../platform/files/directories.ts';
import { readOrUndefined, writeAtomic } from '../platform/files/files.ts';

/** How a peer's life ended as far as its power goes. */
export type PowerState = 'powering-off' | 'stays-on';

/** What the image's program and the workload from post.tgz tell each other: two small files in RAM. */
const RECEIPT = 'receipt.json';
const POWER = 'power';

/** Makes the directory and forgets an earlier life: a record is taken and acknowledged anew. */
export async function beginLife(runDirectory: string): Promise<void> {
  await makeDirectory(runDirectory);
  for (const name of [RECEIPT, POWER]) await removePath(join(runDirectory, name));
}

export async function keepReceipt(runDirectory: string, receipt: Receipt): Promise<void> {
  await writeAtomic(join(runDirectory, RECEIPT), `${JSON.stringify(receipt)}\n`);
}

/** The receipt of this life; undefined when there is none yet, or what lies there is none. */
export async function readReceipt(runDirectory: string): Promise<Receipt | undefined> {
  const text = (await readOrUndefined(join(runDirectory, RECEIPT)))?.toString('utf8');
  if (text === undefined) return undefined;
  try {
    return Receipt.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Notes what was decided about the power, before it is done: so that nobody does it twice. */
export async function keepPower(runDirectory: string, state: PowerState): Promise<void> {
  await writeAtomic(join(runDirectory, POWER), `${state}\n`);
}

export async function readPower(runDirectory: string): Promise<PowerState | undefined> {
  const text = (await readOrUndefined(join(runDirectory, POWER)))?.toString('utf8').trim();
  return text === 'powering-off' || text === 'stays-on' ? text : undefined;
}
