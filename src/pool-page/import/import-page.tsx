import { counted } from '../../domain/values/counted.ts';
import { ConflictDialog } from '../change/conflict-dialog.tsx';
import { useChange } from '../change/use-change.ts';
import type { ViewProps } from '../live/view-props.ts';
import { ViewTitle } from '../words/view-title.tsx';
import { ListPreview } from './list-preview.tsx';
import { type TypedList, useTypedList } from './use-list.ts';

const EXAMPLE =
  'name;mac;address;groups;serial\nnode-000;52:54:00:66:00:01;10.10.0.10;rack1;CZ31\nnode-001;5254.0066.0003;10.10.0.11;rack1;';

/** Many nodes at once: from a list out of a spreadsheet, or from a visit. It is looked at first, and taken whole or not at all. */
export function ImportPage({ known, actions, rights }: ViewProps) {
  const list = useTypedList();
  const entry = useChange(actions, ({ what }) => `Done: ${what}.`);
  const done = (): void => {
    location.hash = '#/';
  };
  if (!rights.mayEdit) return <p class="waiting">Only an administrator brings nodes in.</p>;
  const take = async (): Promise<void> => {
    const revision = list.preview?.revision ?? known.revision;
    const body = { csv: list.csv, update: true };
    if ((await entry.send({ method: 'POST', path: '/nodes/import', body, revision })) !== undefined) done();
  };
  return (
    <section aria-labelledby="view-title">
      <ViewTitle text="Import nodes" />
      <form
        aria-label="Import nodes"
        onSubmit={(event) => {
          event.preventDefault();
          void (list.isGood ? take() : list.look());
        }}
      >
        <p>
          A list with a heading: name and MAC address, and what else you have of address, groups or rack, tags, serial, UUID, switch, port,
          memory, note. Comma, semicolon or tab, MAC addresses in any spelling. Or the tarball of a visit, <code>recon-….tar.gz</code>: its
          machines become such a list.
        </p>
        <ListFields list={list} />
        <div id="import-fault" role="alert">
          {(list.fault !== '' || (entry.fault !== '' && entry.conflict === undefined)) && (
            <p class="lines notice bad">{list.fault === '' ? entry.fault : list.fault}</p>
          )}
        </div>
        <p class="buttons">
          <button type="submit" class="action" aria-disabled={entry.isBusy || list.isBusy || list.csv.trim() === ''}>
            {buttonText(list, entry.isBusy)}
          </button>
          {list.csv.trim() !== '' && <span class="hint">{counted(list.csv.trim().split('\n').length, 'line')}</span>}
        </p>
      </form>
      {list.preview !== undefined && <ListPreview preview={list.preview} />}
      <ConflictDialog entry={entry} onDone={done} />
    </section>
  );
}

function ListFields({ list }: { list: TypedList }) {
  return (
    <>
      <label class="file">
        <span>A file</span>
        <input
          type="file"
          accept=".csv,.tsv,.txt,.gz,.tgz,text/csv,application/gzip"
          onInput={(event) => {
            const [file] = event.currentTarget.files ?? [];
            if (file !== undefined) void list.read(file);
          }}
        />
      </label>
      {list.said !== '' && <p class="notice">{list.said}</p>}
      <label>
        <span>Or paste it here</span>
        <textarea
          rows={12}
          value={list.csv}
          placeholder={EXAMPLE}
          spellcheck={false}
          onInput={(event) => list.type(event.currentTarget.value)}
          aria-invalid={list.fault !== ''}
          aria-describedby="import-fault"
        />
      </label>
    </>
  );
}

function buttonText({ isBusy, isGood, preview }: TypedList, isTaking: boolean): string {
  if (isBusy || isTaking) return 'Working …';
  if (!isGood || preview === undefined) return 'Look at it';
  return `Take ${counted(preview.lines.filter(({ outcome }) => outcome !== 'same').length, 'line')}`;
}
