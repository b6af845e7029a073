import type { ComponentChildren } from 'preact';
import type { ChangeReport } from '../../domain/pool/api-views.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { Dialog, Fault } from '../../web/parts/dialog.tsx';
import type { PoolOrder } from '../live/ask-head.ts';
import type { PoolActions } from '../live/state.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { useChange } from './use-change.ts';

/** A change of the pool with what it needs to know. It stays open, with all that was typed, until it is done or given up. */
export function ChangeDialog(props: {
  id: string;
  title: string;
  explain?: string;
  confirm: string;
  actions: PoolActions;
  /** when the button is pressed */
  order: () => PoolOrder;
  onDone?: (report: ChangeReport) => void;
  onClose: () => void;
  /** what is wrong already, before the head is asked */
  refusal?: string | undefined;
  /** of a long form: the button keeps the focus, beside what was wrong */
  isBroad?: boolean;
  children?: ComponentChildren;
}) {
  const { id, title, explain, confirm, actions, order, onDone, onClose, refusal, isBroad = false, children } = props;
  const entry = useChange(actions, ({ what }) => `Done: ${what}.`);
  return (
    <>
      <Dialog
        {...{ id, title, isBroad, onClose, ...definedOnly({ explain }) }}
        onSubmit={async ({ close, focusFirst }) => {
          if (refusal !== undefined) return;
          const report = await entry.send(order());
          if (report === undefined) return isBroad ? undefined : focusFirst();
          close();
          onDone?.(report);
        }}
      >
        {({ close }) => (
          <>
            {children}
            <Fault id={`${id}-fault`} text={refusal ?? entry.fault} />
            <p class="buttons">
              <button type="submit" class="action" aria-disabled={entry.isBusy}>
                {entry.isBusy ? 'Working …' : confirm}
              </button>
              <button type="button" onClick={close}>
                Cancel
              </button>
            </p>
          </>
        )}
      </Dialog>
      <ConflictDialog
        entry={entry}
        onDone={(report) => {
          onClose();
          onDone?.(report);
        }}
      />
    </>
  );
}
