import type { Verdict } from '../../domain/verdict.ts';
import type { FileStage, MachineState } from '../ledger/machine/state.ts';
import { MOST_WRONG_HASHES, STAGE_LIMITS_MS } from './limits.ts';
import type { Stuck, Surroundings } from './stuck-machine.ts';
import { durationWords, grouped, memory } from './words.ts';

const FILE_WORDS: Readonly<Record<FileStage, string>> = { kernel: 'kernel', initrd: 'initrd', 'root-image': 'root image' };
const STALL_HINT = 'Look at the cable, the switch port and its error counters. It goes on by itself when bytes flow again.';

/** It has its script, and none of the files that it names. */
export function scriptVerdict({ state, waitedMs }: Stuck, { startRamBytes }: Surroundings): Verdict | undefined {
  const memoryBytes = state.facts?.memoryBytes;
  if (memoryBytes !== undefined && memoryBytes < startRamBytes)
    return tooLittleRam('It cannot be started', memoryBytes, startRamBytes, 'Its record has what the firmware says.');
  if (waitedMs <= STAGE_LIMITS_MS.script) return undefined;
  return {
    code: 'script-unused',
    sentence: `It got its boot script ${durationWords(waitedMs)} ago and has fetched nothing.`,
    hint: 'Look at its screen: the loader says what fails. Switch it off and on.',
  };
}

/** It loads kernel and initrd, or it has both and the kernel says nothing. */
export function filesVerdict({ state, waitedMs, silentMs }: Stuck, surroundings: Surroundings): Verdict | undefined {
  const { kernel, initrd } = state.transfers;
  const open = (['initrd', 'kernel'] as const).find((stage) => !isWhole(state, stage));
  if (open === undefined) return silentMs > STAGE_LIMITS_MS.kernelStart ? kernelVerdict(state, silentMs, surroundings) : undefined;
  const stalledMs = stalledFor(state, surroundings.nowMs, waitedMs);
  if (stalledMs <= STAGE_LIMITS_MS.transfer) return undefined;
  const transfer = open === 'kernel' ? kernel : initrd;
  if (transfer !== undefined) return stopped(open, transfer, stalledMs);
  return {
    code: `${open}-not-asked`,
    sentence: `It never asked for the ${FILE_WORDS[open]}, and has been silent for ${durationWords(stalledMs)}.`,
    hint: 'Look at its screen: the loader says what fails, often too little memory. Switch it off and on.',
  };
}

/** Its initrd runs: it loads the root image, or has it and does not come up. */
export function rootImageVerdict({ state, waitedMs, silentMs }: Stuck, { nowMs }: Surroundings): Verdict | undefined {
  const { facts, transfers } = state;
  if (facts?.neededRamBytes !== undefined && facts.ramBytes !== undefined) {
    const inAll = facts.ramBytes + facts.neededRamBytes - (facts.availableRamBytes ?? 0);
    return tooLittleRam('It was not sent the root image', facts.ramBytes, inAll, 'Its record has what the initrd could read.');
  }
  if ((facts?.wrongHashes ?? 0) > MOST_WRONG_HASHES) {
    return {
      code: 'wrong-sha256',
      sentence: `The root image arrived ${facts?.wrongHashes} times with a wrong sha256.`,
      hint: 'When other machines boot well, its memory or network card is bad: test them. When none does, the stick is bad: write another one.',
    };
  }
  const transfer = transfers['root-image'];
  if (transfer === undefined || transfer.bytes < transfer.totalBytes) {
    const stalledMs = transfer === undefined ? waitedMs : stalledFor(state, nowMs, waitedMs);
    if (stalledMs <= STAGE_LIMITS_MS.transfer) return undefined;
    return stopped('root-image', transfer ?? { bytes: 0, totalBytes: 0 }, stalledMs);
  }
  if (silentMs <= STAGE_LIMITS_MS.liveStart) return undefined;
  return {
    code: 'live-silent',
    sentence: `It has the whole root image for ${durationWords(silentMs)}, and its system never came up.`,
    hint: 'Look at its screen for the last lines. Bad memory is the usual reason; switch it off and on to try again.',
  };
}

function kernelVerdict(
  { facts }: MachineState,
  silentMs: number,
  { neededRamBytes, hasDriver, leftOutDrivers, cardName }: Surroundings,
): Verdict {
  const { memoryBytes, nicPciId } = facts ?? {};
  if (memoryBytes !== undefined && memoryBytes < neededRamBytes)
    return tooLittleRam('Its kernel never called back', memoryBytes, neededRamBytes, 'Its record has what the firmware says.');
  if (nicPciId !== undefined && hasDriver(nicPciId) === false) {
    const [name, modules] = [cardName(nicPciId), leftOutDrivers(nicPciId)];
    const leftOut = modules.length === 0 ? '' : ` The image leaves out ${modules.join(' and ')}.`;
    return {
      code: 'no-driver',
      sentence: `Its kernel never called back: there is no driver for ${name === undefined ? nicPciId : `${name} (${nicPciId})`}, the network card that it boots from.${leftOut}`,
      hint: 'Boot it from another network port, or from the stick itself.',
    };
  }
  return {
    code: 'kernel-silent',
    sentence: `It has kernel and initrd for ${durationWords(silentMs)}, and its kernel never called back.`,
    hint: 'Look at its screen: a panic, or no link. Spanning tree on the switch port (set it to edge, portfast) and a card that needs firmware are usual.',
  };
}

function stopped(stage: FileStage, { bytes, totalBytes }: { bytes: number; totalBytes: number }, stalledMs: number): Verdict {
  const where = totalBytes === 0 ? 'before the first byte' : `at ${grouped(bytes)} of ${grouped(totalBytes)} bytes`;
  return {
    code: `${stage}-stopped`,
    sentence: `The ${FILE_WORDS[stage]} stopped ${where}, ${durationWords(stalledMs)} ago.`,
    hint: STALL_HINT,
  };
}

function tooLittleRam(what: string, hasBytes: number, needsBytes: number, rest: string): Verdict {
  return {
    code: 'too-little-ram',
    sentence: `${what}: too little RAM (has ${memory(hasBytes)}, needs ${memory(needsBytes)}).`,
    hint: `Add memory, or write it down by hand. ${rest}`,
  };
}

function isWhole({ transfers }: MachineState, stage: FileStage): boolean {
  const transfer = transfers[stage];
  return transfer !== undefined && transfer.bytes >= transfer.totalBytes;
}

/** Since the latest byte of any file of this boot. */
function stalledFor({ transfers }: MachineState, nowMs: number, waitedMs: number): number {
  const latest = Object.values(transfers).map(({ at }) => Date.parse(at));
  return latest.length === 0 ? waitedMs : nowMs - Math.max(...latest);
}
