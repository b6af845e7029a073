import { useState } from 'preact/hooks';
import { counted } from '../../domain/values/counted.ts';
import { ConflictDialog } from '../change/conflict-dialog.tsx';
import { useChange } from '../change/use-change.ts';
import type { ViewProps } from '../live/view-props.ts';
import { ViewTitle } from '../words/view-title.tsx';

const EXAMPLE =
  'name;mac;address;groups;serial\nnode-000;52:54:00:66:00:01;10.10.0.10;rack1;CZ31\nnode-001;5254.0066.0003;10.10.0.11;rack1;';

/** Many nodes at once from a list out of a spreadsheet. All of it is taken, or nothing. */
export function ImportPage({ known, actions, rights }: ViewProps) {
  const [csv, setCsv] = useState('');
  const entry = useChange(actions, ({ what }) => `Done: ${what}.`);
  const done = (): void => {
    setCsv('');
    location.hash = '#/';
  };
  if (!rights.mayEdit) return <p class="waiting">Only an administrator brings nodes in.</p>;
  const send = async (): Promise<void> => {
    if ((await entry.send({ method: 'POST', path: '/nodes/import', body: { csv }, revision: known.revision })) !== undefined) done();
  };
  return (
    <section aria-labelledby="view-title">
      <ViewTitle text="Import nodes" />
      <form
        aria-label="Import nodes"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <p>
          A list with a heading: name and MAC address, and what else you have of address, groups or rack, tags, serial, note. Comma,
          semicolon or tab, MAC addresses in any spelling. All of it is taken, or nothing.
        </p>
        <label class="file">
          <span>A file</span>
          <input type="file" accept=".csv,.tsv,.txt,text/csv" onInput={(event) => void readFile(event.currentTarget, setCsv)} />
        </label>
        <label>
          <span>Or paste it here</span>
          <textarea
            rows={12}
            value={csv}
            placeholder={EXAMPLE}
            spellcheck={false}
            onInput={(event) => setCsv(event.currentTarget.value)}
            aria-invalid={entry.fault !== ''}
            aria-describedby="import-fault"
          />
        </label>
        <Mistakes text={entry.conflict === undefined ? entry.fault : ''} />
        <p class="buttons">
          <button type="submit" class="action" aria-disabled={entry.isBusy || csv.trim() === ''}>
            {entry.isBusy ? 'Working …' : 'Import'}
          </button>
          {csv.trim() !== '' && <span class="hint">{counted(csv.trim().split('\n').length, 'line')}</span>}
        </p>
      </form>
      <ConflictDialog entry={entry} onDone={done} />
    </section>
  );
}

/** One mistake on each line, as the head says them. */
function Mistakes({ text }: { text: string }) {
  return (
    <div id="import-fault" class={text === '' ? '' : 'notice bad'} role="alert">
      {text !== '' && <p class="lines">{text}</p>}
    </div>
  );
}

async function readFile(input: HTMLInputElement, take: (text: string) => void): Promise<void> {
  const [file] = input.files ?? [];
  if (file === undefined) return;
  const bytes = await file.arrayBuffer();
  take(textOf(bytes));
}

/** Spreadsheets save in UTF-8, or in the old code page of Windows, in which every byte is a letter. */
function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
