import { runOk } from '../../platform/process/command.ts';
import { endsWithUs } from '../../platform/process/ends-with-us.ts';

/** zstd's levels: 19 for what goes out, 9 for who tries something (FAST=1): a fifth more bytes in a tenth of the time. */
export const SQUASH_LEVELS = { small: 19, fast: 9 } as const;
export type SquashLevel = (typeof SQUASH_LEVELS)[keyof typeof SQUASH_LEVELS];

export interface SquashInput {
  tree: string;
  to: string;
  level: SquashLevel;
  /** seconds since 1970, the latest time of a file in it: the same tree gives the same bytes */
  epoch: string;
  /** runs mksquashfs where KIWI is */
  prefix: readonly string[];
}

/** Packs a tree, of which dracut's dmsquash-live makes the root. */
export async function squashRoot({ prefix, epoch, ...input }: SquashInput): Promise<void> {
  await runOk(endsWithUs([...prefix, ...squashArguments(input)]), {
    timeoutMs: 40 * 60_000,
    environment: { SOURCE_DATE_EPOCH: epoch },
  });
}

/** mksquashfs(1). No file of the image has capabilities, and other attributes are of the host that builds. Pure. */
export function squashArguments({ tree, to, level }: Pick<SquashInput, 'tree' | 'to' | 'level'>): [string, ...string[]] {
  const packing = ['-comp', 'zstd', '-Xcompression-level', String(level), '-b', '1M'];
  return ['mksquashfs', tree, to, '-noappend', '-no-progress', '-quiet', '-no-exports', '-no-xattrs', ...packing];
}
