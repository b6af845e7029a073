import type { MacAddress } from '../../domain/values/mac.ts';
import { findTarballMismatches } from '../checks/tarball-matches-plan.ts';
import { parsePcap } from '../network/pcap.ts';
import { parseServedFrame } from '../network/served-frame.ts';
import type { LabMachine } from '../plan/lab-plan.ts';
import type { TarballContent } from '../stick/read-tarball.ts';

/** What was seen of a machine that booted from the CD. */
export interface MediaMachine {
  machine: LabMachine;
  isMaster: boolean;
  /** its console, line by line */
  console: readonly string[];
}

const BECOMES_PEER = /becomes a peer of that one/;
const HAS_JOINED = /recon peer: the master is at /;

/** Findings: not exactly one of them was the master, a peer that does not say what it does, or a tarball that lacks one of them. */
export function findMediaTrouble(seen: readonly MediaMachine[], tarball: TarballContent): string[] {
  const masters = seen.filter(({ isMaster }) => isMaster);
  return [
    ...(masters.length === 1 ? [] : [`${masters.length} machines are masters: ${masters.map(({ machine }) => machine.name).join(', ')}`]),
    ...seen.flatMap(({ machine: { name }, isMaster, console }) => {
      const has = (pattern: RegExp): boolean => console.some((line) => pattern.test(line));
      if (isMaster) return has(BECOMES_PEER) ? [`${name} serves, and says that it becomes a peer`] : [];
      return [
        ...(has(BECOMES_PEER) ? [] : [`${name} does not say that it becomes a peer`]),
        ...(has(HAS_JOINED) ? [] : [`${name} does not say who its master is`]),
      ];
    }),
    ...findTarballMismatches(
      seen.map(({ machine }) => machine),
      tarball,
    ),
  ];
}

/** Findings about who served on the segment: the master, and nobody else at any moment. */
export function findSecondMaster(capture: Uint8Array, master: MacAddress): string[] {
  const served = parsePcap(capture)
    .map(({ bytes }) => parseServedFrame(bytes))
    .filter((frame) => frame !== undefined);
  const others = new Set(served.filter(({ from }) => from !== master).map(({ kind, from }) => `${kind} from ${from}`));
  return [
    ...(served.some(({ from }) => from === master)
      ? []
      : ['the master was never heard serving, so the capture of its segment proves nothing']),
    ...[...others].map((what) => `${what}: a second machine served the segment`),
  ];
}
