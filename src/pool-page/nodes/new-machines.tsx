import { useState } from 'preact/hooks';
import type { NewMachine } from '../../domain/pool/api-views.ts';
import { agoText } from '../../web/parts/numbers.ts';
import type { KnownPool } from '../live/known.ts';
import { nodeHash } from '../live/route.ts';
import type { PoolActions, Rights } from '../live/state.ts';
import { productText } from '../words/node-words.ts';
import { AdoptDialog } from './adopt-dialog.tsx';
import { ReplaceDialog } from './replace-dialog.tsx';

/** More than these are folded away: the nodes come first. */
const SHOWN_AT_FIRST = 8;

/** Machines that asked and are no node yet. */
export function NewMachines({
  known,
  actions,
  rights,
  headNowMs,
}: {
  known: KnownPool;
  actions: PoolActions;
  rights: Rights;
  headNowMs: number;
}) {
  const [asked, setAsked] = useState<{ what: 'adopt' | 'replace'; machines: readonly NewMachine[] } | undefined>();
  const [isWhole, setWhole] = useState(false);
  const { newMachines } = known;
  if (newMachines.length === 0) return null;
  const strangers = newMachines.filter(({ looksLike }) => looksLike === undefined);
  const shown = isWhole ? newMachines : newMachines.slice(0, SHOWN_AT_FIRST);
  const close = (): void => setAsked(undefined);
  return (
    <section aria-labelledby="new-title">
      <h2 id="new-title" tabIndex={-1}>
        New machines <span class="hint">({newMachines.length})</span>
      </h2>
      <ul class="cards">
        {shown.map((machine) => (
          <NewCard
            key={machine.mac}
            {...{ machine, headNowMs }}
            ask={rights.mayEdit ? (what) => setAsked({ what, machines: [machine] }) : undefined}
          />
        ))}
      </ul>
      <p class="buttons">
        {newMachines.length > SHOWN_AT_FIRST && (
          <button type="button" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole ? 'Show fewer' : `Show all ${newMachines.length}`}
          </button>
        )}
        {rights.mayEdit && strangers.length > 1 && (
          <button type="button" onClick={() => setAsked({ what: 'adopt', machines: strangers })}>
            Adopt all …
          </button>
        )}
      </p>
      {asked?.what === 'adopt' && <AdoptDialog {...{ known, actions }} machines={asked.machines} onClose={close} />}
      {asked?.what === 'replace' && asked.machines[0] !== undefined && (
        <ReplaceDialog {...{ known, actions }} machine={asked.machines[0]} onClose={close} />
      )}
    </section>
  );
}

function NewCard(props: { machine: NewMachine; headNowMs: number; ask: ((what: 'adopt' | 'replace') => void) | undefined }) {
  const { machine, headNowMs, ask } = props;
  const { mac, serial, address, switch: switchName, port, askedAt, next, looksLike, frozen } = machine;
  const product = productText(machine);
  const place = switchName === undefined ? undefined : `${switchName}${port === undefined ? '' : ` port ${port}`}`;
  return (
    <li class="card">
      <div>
        <strong>{product === '' ? <code>{mac}</code> : product}</strong>
        <span class="sub">
          {serial !== undefined && <span>{serial}</span>}
          {product !== '' && <code>{mac}</code>}
          {address !== undefined && <code>{address}</code>}
          {place !== undefined && <span>{place}</span>}
          {askedAt !== undefined && <span>asked {agoText(Date.parse(askedAt), headNowMs)}</span>}
          <span>boots {next.choice}</span>
        </span>
        {looksLike !== undefined && (
          <p class="trouble">
            Looks like <a href={nodeHash(looksLike)}>{looksLike}</a> with another card.{' '}
            <span class="hint">It is not booted as that until somebody says so.</span>
          </p>
        )}
        {frozen !== undefined && <p class="trouble">{frozen.why}</p>}
      </div>
      {ask !== undefined && (
        <p class="buttons">
          {looksLike !== undefined && (
            <button type="button" class="action" onClick={() => ask('replace')}>
              It is {looksLike}
            </button>
          )}
          <button type="button" class={looksLike === undefined ? 'action' : ''} aria-label={`Adopt ${mac}`} onClick={() => ask('adopt')}>
            Adopt …
          </button>
        </p>
      )}
    </li>
  );
}
