import { useEffect, useRef } from 'preact/hooks';
import type { NodeSummary } from '../../domain/api.ts';
import type { NodePage } from '../../domain/web-api.ts';
import { recordUrl } from '../live/ask-master.ts';
import { machineHash } from '../live/route.ts';
import type { ListRow } from '../live/rows.ts';
import { type PageState, rowOf } from '../live/state.ts';
import { clock } from '../parts/numbers.ts';
import { PHASE_WORDS, stepText, verdictText } from '../words/words.ts';
import { RecordView } from './record-view.tsx';
import { Timeline } from './timeline.tsx';
import { useMachine } from './use-machine.ts';

/** All that is known of one machine. */
export function MachinePage({ mac, state, masterNowMs }: { mac: string; state: PageState; masterNowMs: number }) {
  const title = useRef<HTMLHeadingElement>(null);
  const listed = state.known.machines.get(mac);
  const { page, fault } = useMachine(mac, listed, state.link.state === 'lost');
  useEffect(() => {
    // a screen reader, and the keyboard, go on where the new view begins
    title.current?.focus();
    scrollTo(0, 0);
  }, []);
  const node = listed ?? page?.summary;
  const row = node === undefined ? undefined : rowOf(state, node, masterNowMs);
  const product = [node?.vendor, node?.product].filter((part) => part !== undefined).join(' ');
  return (
    <article class="machine">
      <p class="back">
        <a href="#/">← All machines</a>
      </p>
      <h2 ref={title} tabIndex={-1}>
        {row?.name ?? (product === '' ? mac : product)}
      </h2>
      {row !== undefined && <PhaseLine row={row} />}
      {row !== undefined && <VerdictNotice row={row} masterNowMs={masterNowMs} />}
      <dl class="facts">
        <Fact name="MAC address" text={mac} />
        <Fact name="Serial number" text={node?.serial} />
        <Fact name="Address" text={node?.address} />
        <Fact name="Latest word" text={node?.detail} />
      </dl>
      <Remarks node={node} />
      {fault !== undefined && (
        <p class="notice warn" role="alert">
          {fault}
        </p>
      )}
      {page === undefined && fault === undefined && <p class="waiting">Asking the master …</p>}
      {page !== undefined && <AskedDetails mac={mac} page={page} />}
    </article>
  );
}

function PhaseLine({ row }: { row: ListRow }) {
  return (
    <p>
      <span class={`badge badge-${row.phase}`}>
        <span aria-hidden="true">{PHASE_WORDS[row.phase].sign} </span>
        {PHASE_WORDS[row.phase].word}
      </span>{' '}
      {stepText(row)}, last seen at {clock(row.seenMs)}
    </p>
  );
}

function VerdictNotice({ row, masterNowMs }: { row: ListRow; masterNowMs: number }) {
  const verdict = verdictText(row, masterNowMs);
  if (verdict === undefined) return null;
  return (
    <div class="notice bad">
      <strong>{verdict.sentence}</strong> <span class="hint">{verdict.hint}</span>
    </div>
  );
}

/** What the master was asked for. */
function AskedDetails({ mac, page: { findings, timeline, record } }: { mac: string; page: NodePage }) {
  return (
    <>
      <MachineFindings findings={findings} />
      <Timeline entries={timeline} />
      {record === undefined ? (
        <p>There is no record of it yet.</p>
      ) : (
        <>
          <RecordView record={record} />
          <p>
            <a href={recordUrl(mac)} download={`${mac.replaceAll(':', '-')}.json`}>
              The whole record as JSON
            </a>
          </p>
        </>
      )}
    </>
  );
}

/** What is worth a word although the machine goes on. */
function Remarks({ node }: { node: NodeSummary | undefined }) {
  const { notes = [], duplicates = [] } = node ?? {};
  if (notes.length + duplicates.length === 0) return null;
  return (
    <ul class="remarks">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
      {duplicates.map(({ mac, verdict }) => (
        <li key={mac}>
          {DUPLICATE_WORDS[verdict]} <a href={machineHash(mac)}>{mac}</a>
        </li>
      ))}
    </ul>
  );
}

const DUPLICATE_WORDS = {
  same: 'The same machine was seen as',
  different: 'Another machine has the same number as this one:',
  unclear: 'This may be the same machine as',
} as const;

function Fact({ name, text }: { name: string; text: string | undefined }) {
  if (text === undefined || text === '') return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}

const SEVERITY_WORDS = { critical: 'Critical', warning: 'Look at it', note: 'Note' } as const;

function MachineFindings({ findings }: { findings: NodePage['findings'] }) {
  if (findings.length === 0) return null;
  return (
    <section aria-labelledby="findings-title">
      <h3 id="findings-title">Findings</h3>
      <ul class="finding-list">
        {findings.map(({ severity, message, evidence }) => (
          <li key={`${evidence} ${message}`}>
            <span class={`severity ${severity}`}>{SEVERITY_WORDS[severity]}</span> {message}
            <span class="evidence"> {evidence}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
