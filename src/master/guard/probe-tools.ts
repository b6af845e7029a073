import { noteOf, type OwnAddresses } from './classify.ts';
import { type Observation, observe } from './observe.ts';
import type { Frame } from './packets/frame.ts';
import { buildProbes } from './packets/probes.ts';
import type { ServingMaster } from './packets/serving-master.ts';
import { rivalMeetings } from './rival.ts';
import type { Round } from './round.ts';

/** What sends our probes, and reads what is heard. `serving`: as what we serve, if we do; `asked`: addresses that we may take, or have. */
export function probeTools(
  { options, state, signal }: Round,
  serving: ServingMaster | true | undefined,
  { asked = [], ...more }: { asked?: readonly string[]; ownAddress?: string } = {},
) {
  const surroundings = (): OwnAddresses => ({ ...options.surroundings(), ...more, asked: new Set(asked) });
  const { name, access, probeId, policy, shared, log } = options;
  const askedAddress = policy.wanted === 'one-server' ? policy.address : undefined;
  const rivals = rivalMeetings({
    own: { probeId, serves: serving !== undefined },
    ownSubnets: options.surroundings().ownSubnets,
    answer: () => void access.send(buildProbes(probeId, askedAddress, [], serving).slice(0, 1)).catch(() => {}),
    onYield: () => {
      state.rivalYields = true;
    },
  });
  return {
    rivals,
    signal,
    sendProbes: (): Promise<void> => access.send(buildProbes(probeId, askedAddress, asked, serving)),
    observe: (frame: Frame): Observation | undefined => {
      const note = noteOf(frame);
      if (note !== undefined && !state.noted.has(note)) {
        state.noted.add(note);
        log.info(`${name}: a switch announces itself (${note.toUpperCase()})`);
      }
      const seen = observe(frame, { ...options, surroundings });
      if (seen?.kind === 'shared') shared.add(name, seen.otherInterface);
      if (seen?.kind === 'evidence') return rivals.excuses(seen.evidence) ? undefined : seen;
      if (seen?.kind !== 'rival') return seen;
      const evidence = rivals.meet(seen.rival);
      return evidence === undefined ? undefined : { kind: 'evidence', evidence };
    },
  };
}
