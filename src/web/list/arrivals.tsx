import { type ExpectedMachine, expectedWords } from '../../domain/expected-machines.ts';
import { counted } from '../../domain/values/counted.ts';
import { machineHash } from '../live/route.ts';
import type { PageState } from '../live/state.ts';

/** Which of the expected machines did not arrive. Nothing where nobody said what to expect. */
export function ArrivalList({ state }: { state: PageState }) {
  const { expected, counts } = state.known.visit ?? {};
  if (expected === undefined || counts === undefined) return null;
  const { arrivals } = state;
  return (
    <section aria-labelledby="arrivals-title">
      <h2 id="arrivals-title">Which did not arrive</h2>
      <p>
        {expected.missingCount === 0
          ? `All ${expected.expectedCount} expected machines are done.`
          : `${expected.missingCount} of ${expected.expectedCount} expected machines have no record yet.`}
        {expected.hasList && expected.notSeenCount > 0 && ` ${expected.notSeenCount} of the list were never seen.`}
      </p>
      {!expected.hasList && (
        <p class="hint">Only their number is known. With a list (recon.yaml on the stick) this page names those that are missing.</p>
      )}
      {expected.hasList && arrivals === undefined && <p>Asking for the list …</p>}
      {arrivals !== undefined && (
        <>
          <Listed title="Never seen" machines={arrivals.missing} />
          <Listed title="Seen, no record yet" machines={arrivals.underWay} />
          {arrivals.unexpected.length > 0 && (
            <details>
              <summary>{counted(arrivals.unexpected.length, 'machine')} that no list names</summary>
              <ul class="columns">
                {arrivals.unexpected.map((mac) => (
                  <li key={mac}>
                    <a href={machineHash(mac)}>
                      <code>{mac}</code>
                    </a>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </>
      )}
    </section>
  );
}

function Listed({ title, machines }: { title: string; machines: readonly (ExpectedMachine & { seenAs?: string })[] }) {
  if (machines.length === 0) return null;
  return (
    <details open={machines.length <= 20}>
      <summary>
        {title}: {machines.length}
      </summary>
      <ul class="columns">
        {machines.map((machine, at) => (
          // a list may name a machine twice
          <li key={`${at}`}>
            <Named machine={machine} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Named({ machine: { seenAs, ...machine } }: { machine: ExpectedMachine & { seenAs?: string } }) {
  const text = expectedWords(machine);
  return seenAs === undefined ? <span>{text}</span> : <a href={machineHash(seenAs)}>{text}</a>;
}
