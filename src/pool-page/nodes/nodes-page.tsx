import { useState } from 'preact/hooks';
import { counted } from '../../domain/values/counted.ts';
import { Choices } from '../../web/parts/choices.tsx';
import { pageOf } from '../../web/parts/paging.ts';
import { SearchField } from '../../web/parts/search-field.tsx';
import { Turner } from '../../web/parts/turner.tsx';
import { countsOf, type Narrowed, type NodeFilter, type NodeRow, nodeRowsOf, wantedNodes } from '../live/node-rows.ts';
import { without } from '../live/selection.ts';
import type { PoolActions } from '../live/state.ts';
import type { ViewProps } from '../live/view-props.ts';
import { AssignBar } from './assign-bar.tsx';
import { GroupsDialog } from './groups-dialog.tsx';
import { NewMachines } from './new-machines.tsx';
import { NewNodeDialog } from './new-node-dialog.tsx';
import { NodeTable } from './node-table.tsx';
import { SelectAll } from './select-all.tsx';

/** All nodes, and what is to be booted. */
export function NodesPage({ known, state, actions, rights, headNowMs }: ViewProps) {
  const { wanted, selection } = state;
  const [asked, setAsked] = useState<'new' | 'groups' | undefined>();
  const close = (): void => setAsked(undefined);
  const rows = nodeRowsOf(known.nodes, headNowMs);
  const fitting = wantedNodes(rows, wanted);
  const page = pageOf(fitting, state.page, state.isPrinting ? Math.max(1, fitting.length) : undefined);
  return (
    <>
      <NewMachines {...{ known, actions, rights, headNowMs }} />
      <section aria-labelledby="nodes-title">
        <h2 id="nodes-title" tabIndex={-1}>
          Nodes
        </h2>
        {rows.length === 0 ? (
          <NoNodes mayEdit={rights.mayEdit} />
        ) : (
          <>
            <Filters rows={rows} wanted={wanted} actions={actions} />
            {(wanted.show !== 'all' || wanted.search.trim() !== '') && <Fitting rows={rows} fitting={fitting} actions={actions} />}
            {rights.mayAssign && <SelectAll {...{ known, fitting, selection, actions, rights }} />}
            <NodeTable {...{ rows: page.rows, known, wanted, selection, actions, rights, headNowMs }} />
            <Turner page={page} total={fitting.length} turnTo={actions.turnTo} />
          </>
        )}
        {rights.mayEdit && (
          <p class="buttons">
            <button type="button" onClick={() => setAsked('new')}>
              New node …
            </button>
          </p>
        )}
        {rights.mayAssign && selection.chosen.size > 0 && (
          <AssignBar
            {...{ known, selection, actions }}
            mayGiveUp
            onOver={(names) => leaveOut(names, actions)}
            {...(rights.mayEdit ? { askGroups: () => setAsked('groups') } : {})}
          />
        )}
      </section>
      {asked === 'new' && <NewNodeDialog {...{ known, actions }} onClose={close} />}
      {asked === 'groups' && <GroupsDialog {...{ known, actions }} names={[...selection.chosen.keys()]} onClose={close} />}
    </>
  );
}

function NoNodes({ mayEdit }: { mayEdit: boolean }) {
  return (
    <p class="waiting">
      There is no node yet. Power machines on: each that boots from the network appears here as new, and an administrator gives it a name.{' '}
      {mayEdit && (
        <>
          A list of them, or the tarball of a visit, is taken under <a href="#/import">Import</a>.
        </>
      )}
    </p>
  );
}

/** The bar goes away with its buttons; whoever uses the keyboard goes on at the list. */
function leaveOut(names: readonly string[], actions: PoolActions): void {
  actions.select((before) => without(before, names));
  document.getElementById('nodes-title')?.focus();
}

function Filters({ rows, wanted, actions }: { rows: readonly NodeRow[]; wanted: NodeFilter; actions: PoolActions }) {
  const counts = countsOf(rows);
  const choices = NARROWED.map((one) => ({ ...one, count: counts[one.key] }));
  return (
    <search class="filters">
      <Choices legend="Show nodes that are" choices={choices} chosen={wanted.show} choose={(show) => actions.want({ show })} />
      <SearchField
        value={wanted.search}
        placeholder="Name, MAC, serial, group, switch, profile"
        search={(search) => actions.want({ search })}
      />
    </search>
  );
}

const NARROWED: readonly { key: Narrowed; word: string; sign?: string; className?: string }[] = [
  { key: 'all', word: 'All' },
  { key: 'trouble', word: 'In trouble', sign: '!', className: 'state-alarm' },
  { key: 'differs', word: 'Runs other than next', sign: '≠', className: 'state-differs' },
  { key: 'once', word: 'Once', sign: '1', className: 'state-booting' },
  { key: 'running', word: 'Runs', sign: '✓', className: 'state-running' },
];

/** The button goes away with the filter; whoever uses the keyboard goes on at the list. */
function Fitting({ rows, fitting, actions }: { rows: readonly NodeRow[]; fitting: readonly NodeRow[]; actions: PoolActions }) {
  const showAll = (): void => {
    actions.want({ show: 'all', search: '' });
    document.getElementById('nodes-title')?.focus();
  };
  return (
    <p class="fitting">
      {counted(fitting.length, 'node')} of {rows.length} {fitting.length === 1 ? 'fits' : 'fit'}.{' '}
      <button type="button" class="plain" onClick={showAll}>
        Show all
      </button>
    </p>
  );
}
