import type { WatchedMachine } from './watched-machine.ts';

/**
 * What was seen of a machine, when the head's clock has been set back since: all of it is moved to before now, in its order and with the time between. Otherwise
 * a machine that comes up now would have come up before its script, for as long as the clock had been wrong. Pure.
 */
export function notLater(machine: WatchedMachine, now: Date): WatchedMachine {
  const { script, progress, problem, up, alive, frozen, dmesgAt } = machine;
  const latest = Math.max(
    ...[machine.lastSeenAt, script?.at, progress?.at, problem?.at, up?.at, alive?.at, frozen?.at, dmesgAt].map((at) => msOf(at)),
  );
  const aheadMs = latest - now.getTime();
  if (aheadMs <= 0) return machine;
  const moved = (at: string): string => new Date(Date.parse(at) - aheadMs - 1).toISOString();
  const withTime = <Seen extends { at: string }>(seen: Seen): Seen => ({ ...seen, at: moved(seen.at) });
  return {
    ...machine,
    ...{ firstSeenAt: moved(machine.firstSeenAt), lastSeenAt: moved(machine.lastSeenAt) },
    ...(script === undefined ? {} : { script: withTime(script) }),
    ...(progress === undefined ? {} : { progress: withTime(progress) }),
    ...(problem === undefined ? {} : { problem: withTime(problem) }),
    ...(up === undefined ? {} : { up: withTime(up) }),
    ...(alive === undefined ? {} : { alive: withTime(alive) }),
    ...(frozen === undefined ? {} : { frozen: withTime(frozen) }),
    ...(dmesgAt === undefined ? {} : { dmesgAt: moved(dmesgAt) }),
  };
}

function msOf(at: string | undefined): number {
  return at === undefined ? Number.NEGATIVE_INFINITY : Date.parse(at);
}
