import { useState } from 'preact/hooks';
import type { ControlAction } from '../../domain/page-paths.ts';
import { PAGE_PATHS } from '../../domain/page-paths.ts';
import { counted } from '../../domain/values/counted.ts';
import type { VisitSummary } from '../../domain/web-api.ts';
import type { Actions } from '../live/state.ts';
import { decimalBytes } from '../parts/numbers.ts';
import { CONTROL_WORDS } from '../words/control-words.ts';
import { PinDialog } from './pin-dialog.tsx';

/** The tarball, and what a person may ask the master to do. */
export function Controls({ visit, actions }: { visit: VisitSummary; actions: Actions }) {
  const [asked, setAsked] = useState<ControlAction | undefined>();
  return (
    <section class="controls" aria-labelledby="tarball-title">
      <h2 id="tarball-title">Tarball</h2>
      <Tarball visit={visit} />
      <p class="buttons">
        {visit.actions.map((action) => (
          <button key={action} type="button" class={`action action-${action}`} onClick={() => setAsked(action)}>
            {CONTROL_WORDS[action].button}
          </button>
        ))}
      </p>
      {asked !== undefined && <PinDialog action={asked} visit={visit} actions={actions} onClose={() => setAsked(undefined)} />}
    </section>
  );
}

function Tarball({ visit: { tarball, counts, storage } }: { visit: VisitSummary }) {
  if (tarball === undefined) {
    return <p>None yet. It is made when nothing has happened for a while, at power-off, and when you seal it here.</p>;
  }
  const { name, sizeBytes, machines, isCurrent, code, isWithoutCaptures } = tarball;
  const place = storage === 'stick' ? ' It is on the stick, too.' : '';
  return (
    <p>
      <a class="download" href={`${PAGE_PATHS.export}${encodeURIComponent(name)}`} download={name}>
        Download {name}
      </a>{' '}
      ({decimalBytes(sizeBytes)}, {counted(machines, 'machine')}).{' '}
      {isCurrent ? `It is up to date.${place}` : `Not up to date: something has changed since. ${counts.done} are done now.`}
      {isWithoutCaptures === true && ' The raw captures are not in it: there was no room. They are on the stick below records/.'}
      {code !== undefined && ` Its code is ${code}: recon verify prints it when nobody has changed the tarball.`}
    </p>
  );
}
