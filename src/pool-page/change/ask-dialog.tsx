import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { Dialog, Fault } from '../../web/parts/dialog.tsx';
import { refusalText } from '../live/ask-head.ts';

/** Something that the head is asked to do and that is no change of the pool. It stays open, with all that was typed, until it is done or given up. */
export function AskDialog(props: {
  id: string;
  title: string;
  explain?: string;
  confirm: string;
  /** when the button is pressed; what it throws is said below the fields */
  send: () => Promise<void>;
  onClose: () => void;
  children?: ComponentChildren;
}) {
  const { id, title, explain, confirm, send, onClose, children } = props;
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  return (
    <Dialog
      {...{ id, title, onClose, ...definedOnly({ explain }) }}
      onSubmit={async ({ close, focusFirst }) => {
        if (isBusy) return;
        setBusy(true);
        setFault('');
        try {
          await send();
          close();
        } catch (error) {
          setFault(refusalText(error));
          focusFirst();
        } finally {
          setBusy(false);
        }
      }}
    >
      {({ close }) => (
        <>
          {children}
          <Fault id={`${id}-fault`} text={fault} />
          <p class="buttons">
            <button type="submit" class="action" aria-disabled={isBusy}>
              {isBusy ? 'Working …' : confirm}
            </button>
            <button type="button" onClick={close}>
              Cancel
            </button>
          </p>
        </>
      )}
    </Dialog>
  );
}
