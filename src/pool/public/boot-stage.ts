import type { BootedMachine } from '../../domain/pool/api-views.ts';
import { GONE_AFTER_MS } from '../../domain/pool/signs-of-life.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { BOOT_PROBLEM_HINTS } from '../history/ramdisk-report.ts';
import type { WatchedMachine } from '../history/watched-machine.ts';

/** Whether a machine came up since it was given its last script; who asked for another one boots again. */
export function isUpSince({ up, script }: Pick<WatchedMachine, 'up' | 'script'>): boolean {
  return up !== undefined && (script === undefined || up.at >= script.at);
}

/** How far a machine is on its way, and why it does not go on. @param nowMs of the clock of the machines' side */
export function bootStage(machine: WatchedMachine, nowMs: number): Pick<BootedMachine, 'stage' | 'problem'> {
  const { script, up, alive, progress, problem } = machine;
  return definedOnly({ stage: stageOf(), problem: problemOf() });

  function stageOf(): BootedMachine['stage'] {
    if (up !== undefined && isUpSince(machine)) {
      const last = alive !== undefined && alive.at > up.at ? alive.at : up.at;
      // one that is yet to come was before somebody set the clock back, and none came since
      return Math.abs(nowMs - Date.parse(last)) > GONE_AFTER_MS ? { name: 'gone', at: last } : { name: 'up', at: up.at };
    }
    if (progress !== undefined && (script === undefined || progress.at >= script.at))
      return { name: progress.report.stage, at: progress.at, ...definedOnly({ detail: progress.report.detail }) };
    if (script === undefined) return undefined;
    return { name: script.kind === 'local-disk' ? 'own-disk' : 'script', at: script.at };
  }

  function problemOf(): BootedMachine['problem'] {
    const code = problem?.report.problem;
    if (problem === undefined || code === undefined) return undefined;
    return {
      ...{ code, at: problem.at, sentence: problem.report.detail ?? 'it does not go on', hint: BOOT_PROBLEM_HINTS[code] },
      isOfLastBoot: script === undefined || problem.at >= script.at,
    };
  }
}
