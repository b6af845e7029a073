import { CLOCK_NOT_SET, isTimePossible } from '../../domain/visit/possible-time.ts';
import type { SegmentView, VisitSummary } from '../../domain/web-api.ts';

/** The master's interfaces; with `onlyTrouble` just what keeps machines from being found, or records from being safe. */
export function Networks({ visit, onlyTrouble = false }: { visit: VisitSummary; onlyTrouble?: boolean }) {
  if (onlyTrouble) return <Trouble visit={visit} />;
  return (
    <section aria-labelledby="networks-title">
      <h2 id="networks-title">Networks</h2>
      {visit.segments.length === 0 ? (
        <p>The master has found no network interface yet.</p>
      ) : (
        <ul class="networks">
          {visit.segments.map((segment) => (
            <li key={segment.interface} class={`segment segment-${segment.state}`}>
              <strong>{segment.interface}</strong>: {STATE_WORDS[segment.state]}
              {segment.address !== undefined && `, this page is at http://${segment.address}/`}
              {segment.guest !== undefined && `; give your laptop ${segment.guest}`}
              {segment.sentence !== undefined && <p>{segment.sentence}</p>}
              {segment.hint !== undefined && <p class="hint">Try: {segment.hint}</p>}
              {segment.earlier?.map(({ at, sentence }) => (
                <p key={at} class="hint">
                  Until it was looked at again ({at.slice(11, 16)} UTC): {sentence}
                </p>
              ))}
            </li>
          ))}
        </ul>
      )}
      <p class="version">
        Recon {visit.version}. Records are kept {visit.storage === 'stick' ? 'on the stick' : "in the master's RAM"}.
        {visit.readable !== undefined && ` The tarball is encrypted; ${visit.readable.join('; ')}.`}
      </p>
    </section>
  );
}

function Trouble({ visit }: { visit: VisitSummary }) {
  const refused = visit.segments.filter(({ state }) => state === 'refused');
  const nothingServed = !visit.segments.some(({ state }) => state === 'serving');
  return (
    <>
      {!isTimePossible({ at: visit.now, visit: visit.visit }) && (
        <div class="notice warn">
          <strong>The clock is not set.</strong> {CLOCK_NOT_SET}
        </div>
      )}
      {visit.discoveryOver !== undefined && (
        <div class="notice warn">
          <strong>Discovery is over: no new machine gets an answer.</strong> The reason: {visit.discoveryOver}.
        </div>
      )}
      {visit.storageTrouble !== undefined && (
        <div class={`notice ${visit.storageTrouble.state === 'nearly-full' ? 'warn' : 'bad'}`} role="alert">
          <strong>{visit.storageTrouble.sentence}</strong> {visit.storageTrouble.hint}
          {visit.storageTrouble.reason !== undefined && ` (${visit.storageTrouble.reason})`}
        </div>
      )}
      {visit.storage === 'ram' && (
        <div class="notice warn">
          <strong>The records are in RAM and end with this machine.</strong> Seal and download the tarball before power-off.
        </div>
      )}
      {nothingServed && refused.length === 0 && (
        <div class="notice warn">
          <strong>No network is served yet.</strong>{' '}
          {visit.segments.some(({ state }) => state === 'probing') ? 'The master is listening first.' : 'Is a cable in, and the switch on?'}
        </div>
      )}
      {refused.map((segment) => (
        <div key={segment.interface} class="notice bad">
          <strong>{segment.interface} is not served.</strong> {segment.sentence} {segment.hint !== undefined && `Try: ${segment.hint}`}
        </div>
      ))}
    </>
  );
}

const STATE_WORDS: Record<SegmentView['state'], string> = {
  serving: 'served',
  quiet: 'quiet, about to be served',
  probing: 'the master listens before it serves',
  'no-link': 'no cable, or the other end is off',
  gone: 'the interface is gone',
  refused: 'not served',
};
