import type { Verdict } from '../../domain/verdict.ts';
import { STAGE_LIMITS_MS } from './limits.ts';
import type { Stuck, Surroundings } from './stuck-machine.ts';
import { durationWords } from './words.ts';

/** Its system is up and does not begin. */
export function agentVerdict({ silentMs }: Stuck): Verdict | undefined {
  if (silentMs <= STAGE_LIMITS_MS.agent) return undefined;
  return {
    code: 'inventory-not-begun',
    sentence: `Its system came up ${durationWords(silentMs)} ago and its inventory has not begun.`,
    hint: 'Look at its screen. Switch it off and on to try again.',
  };
}

/** Tools have time limits of their own; a tool that ends neither by itself nor by force waits in the kernel for a device. */
export function collectVerdict({ state, silentMs }: Stuck, { captureMs }: Surroundings): Verdict | undefined {
  if (silentMs <= captureMs + STAGE_LIMITS_MS.collectSlack) return undefined;
  const tool = state.detail?.split(':')[0];
  return {
    code: 'inventory-hangs',
    sentence: `Its inventory hangs for ${durationWords(silentMs)}${tool === undefined ? '' : `, since ${tool} ended`}.`,
    hint: 'A tool waits for a device that does not answer, such as a dying disk. Look at its screen, pull the device, switch it off and on.',
  };
}

/** It has a record, and cannot get rid of it. */
export function uploadVerdict({ state, silentMs }: Stuck): Verdict | undefined {
  if (silentMs <= STAGE_LIMITS_MS.upload) return undefined;
  const { detail } = state;
  return {
    code: detail === undefined ? 'upload-unfinished' : 'upload-refused',
    sentence: `It has sent its record for ${durationWords(silentMs)} without success${detail === undefined ? '' : `: ${detail}`}.`,
    hint: 'Leave it on, it tries again by itself. When the stick is full, remove old tarballs from it; otherwise switch the machine off and on.',
  };
}

/** It was given a receipt, and what it was given it for is not there: it does not come back by itself. */
export function lostVerdict(): Verdict {
  return {
    code: 'record-lost',
    sentence: 'Its record was stored, and is not on the stick any more as it was.',
    hint: 'Boot it from the network again: it is inventoried anew. An earlier tarball of this visit may hold the record.',
  };
}
