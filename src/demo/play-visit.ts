import type { DemoMachine } from './cast.ts';
import type { DemoMaster } from './loopback-master.ts';
import { playMachine, type Surrounding } from './play-machine.ts';

/** So far one after the other they are switched on, in milliseconds: forty come in three quarters of a minute. */
const APART_MS = 1100;

interface VisitInput extends Pick<Surrounding, 'directory' | 'rest' | 'sleep'> {
  demo: DemoMaster;
  cast: readonly DemoMachine[];
}

/** Plays all machines of the cast but the master's own and those that never come; resolves when none of them moves any more. */
export async function playVisit({ demo, cast, directory, rest, sleep }: VisitInput): Promise<void> {
  const players = cast.filter(({ part }) => part !== 'master' && part !== 'never-comes');
  await Promise.all(
    players.map(async (machine, number) => {
      await rest(number * APART_MS);
      await playMachine(machine, { ...demo, directory, number: number + 1, rest, sleep });
    }),
  );
}
