import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { readPoolFolder } from '../../folder/read-folder.ts';
import { findCheckout } from '../../store/find-checkout.ts';

/** What the folder of a pool asks of the server that it lies on. */
export interface PoolNeeds {
  /** a profile says that something persists on the head itself */
  servesNfs: boolean;
  /** its git, or that of a folder above it */
  git: string | undefined;
  /** what is written, without links: the folder, and its git */
  writes: readonly string[];
}

/** Of a folder that may be a link, empty, or not there yet. */
export async function poolNeeds(folder: string): Promise<PoolNeeds> {
  const files = await readPoolFolder(folder).catch(() => new Map<string, string>());
  const home = await realpath(folder).catch(() => undefined);
  const top = (await findCheckout(folder).catch(() => undefined))?.top;
  const git = top === undefined ? undefined : join(top, '.git');
  return {
    servesNfs: [...files.values()].some((text) => /\bnfs:(head|bang)[.:]/.test(text)),
    git,
    writes: [home, git].filter((path) => path !== undefined),
  };
}
