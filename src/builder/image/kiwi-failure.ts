import type { ErrorCode } from '../../domain/errors.ts';

/** Why KIWI failed, in one sentence for a person. */
export interface KiwiFailure {
  code: ErrorCode;
  message: string;
  hint: string;
}

const MIRROR_HINT = 'try again later, or name another mirror with MIRROR=';

/** The causes that tools below KIWI have words of their own for, the gravest first. What stands in the group is named. */
const CAUSES: ReadonlyArray<readonly [pattern: RegExp, code: ErrorCode, say: (names: string) => string, hint: string]> = [
  [
    // rpm looks before it unpacks, and then has words of its own
    /No space left on device|needs \S+ (?:more space )?on the \S+ filesystem/,
    'disk-full',
    () => 'the disk is full',
    'free some space: a build needs 6 GB; what was built before is unchanged',
  ],
  [
    // losetup(8) has several sentences for it
    /losetup: (?:cannot find|.*failed to set up)/,
    'host-unfit',
    () => 'no loop device could be set up',
    'on the host: modprobe loop; a container needs --privileged',
  ],
  [
    // debootstrap, and apt of a file that has another hash or length than its list says
    // zypper says it of what broke off, too
    /W: \S*\/([^/_\s]+)_\S+ was corrupt|E: Failed to fetch \S*\/([^/_\s]+)_\S+\s+(?:Hash Sum mismatch|File has unexpected size)|Digest verification failed for file '([^']+)'/,
    'build-failed',
    (names) => `the mirror sent packages that are not what its own index says: ${names}`,
    'it is being updated, or something on the way changes files: try later, or name another mirror with MIRROR=',
  ],
  [
    /Couldn't download package (\S+)|E: Failed to fetch \S*\/([^/_\s]+)_\S+|File '(?:\S*\/)?([^'/\s]+)' not found on medium|Timeout exceeded when accessing '\S*\/([^'/\s]+)'/,
    'build-failed',
    (names) => `packages could not be fetched from the mirror: ${names}`,
    MIRROR_HINT,
  ],
  [
    // zypper goes on without the repository, and then misses the packages
    /\[[^\]|]*\|([^\]]+)\] (?:Valid metadata not found|Failed to retrieve new repository metadata)/,
    'build-failed',
    (names) => `the index of a repository could not be read: ${names}`,
    MIRROR_HINT,
  ],
  [
    /E: Unable to locate package (\S+)|E: Package '(\S+)' has no installation candidate|No provider of '(?:[^']* )?(\S+)' found|nothing provides '?([^'\s]+)'?(?: \S+ \S+)? needed by/,
    'build-failed',
    (names) => `the mirror has no package ${names}`,
    'is it a whole mirror, and of this release? ./make-recipe-target <recipe> check',
  ],
];

/** Whether a line says why, and has to be kept until the end. Pure. */
export function isTelling(line: string): boolean {
  return CAUSES.some(([pattern]) => pattern.test(line));
}

/** The cause of a failure by the telling lines of KIWI's log; undefined when none is known. Pure. */
export function kiwiFailure(lines: readonly string[]): KiwiFailure | undefined {
  for (const [pattern, code, say, hint] of CAUSES) {
    const found = lines.map((line) => pattern.exec(line)).filter((match) => match !== null);
    if (found.length === 0) continue;
    const names = [...new Set(found.map((match) => match.slice(1).find((name) => name !== undefined) ?? ''))];
    const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
    return { code, message: say(`${names.slice(0, 5).join(', ')}${more}`), hint };
  }
  return undefined;
}
