import type { UefiVariable } from './variable-store.ts';

/**
 * Shim (16.1, its sbat.c) writes this one at each start where it is missing or another than shim's own: under Secure Boot the versions that are revoked,
 * else the first list of all. It is of shim's own GUID, no system sees it, and nobody who starts a signed shim can keep it from that.
 */
export const SHIM_LEVEL = /^SbatLevel$/;

/** Variables that no firmware makes by itself: who finds one after a boot knows that the system wrote into the firmware. */
const OF_SYSTEMS: ReadonlyArray<readonly [RegExp, string]> = [
  [/^dump-type\d/, 'a crash record of the kernel'],
  [/^HibernateLocation$/, 'where a hibernated system is'],
  [/^(Loader|Stub)[A-Z]/, 'a word of a boot loader to systemd'],
  [/^(SbatPolicy|Mok|Shim)/, 'what shim keeps'],
  [/^OsIndications$/, 'a wish of the system for the next boot'],
  [/^Capsule\d{4}$/, 'a firmware update'],
];

/** Findings about a machine whose firmware was new before its boot, so that there is nothing to compare with. */
export function findSystemVariables(machine: string, variables: ReadonlyMap<string, UefiVariable>): string[] {
  return [...variables].flatMap(([key, { name }]) => {
    const what = OF_SYSTEMS.find(([pattern]) => pattern.test(name))?.[1];
    return what === undefined ? [] : [`${machine}: the UEFI variable ${key} was made: ${what}`];
  });
}
