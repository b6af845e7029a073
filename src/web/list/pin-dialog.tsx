import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ControlAction } from '../../domain/page-paths.ts';
import type { VisitSummary } from '../../domain/web-api.ts';
import type { Actions } from '../live/state.ts';
import { CONTROL_WORDS, doubt } from '../words/control-words.ts';
import { type PinEntry, usePin } from './use-pin.ts';

/** Asks for the PIN and does what was wished. */
export function PinDialog(props: { action: ControlAction; visit: VisitSummary; actions: Actions; onClose: () => void }) {
  const { action, visit, actions, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const close = (): void => dialog.current?.close();
  const entry = usePin(action, {
    onDone: (sentence) => {
      actions.say(sentence);
      close();
    },
    onFault: () => dialog.current?.querySelector('input')?.focus(),
  });
  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  const { title, explain } = CONTROL_WORDS[action];
  const against = doubt(action, visit);
  return (
    <dialog ref={dialog} aria-labelledby="pin-title" aria-describedby="pin-explain" onClose={onClose}>
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          void entry.send();
        }}
      >
        <h2 id="pin-title">{title}</h2>
        <p id="pin-explain">{explain}</p>
        {against !== undefined && <p class="notice warn">{against[0]?.toUpperCase() + against.slice(1)}</p>}
        <PinField entry={entry} />
        <PinButtons action={action} isBusy={entry.isBusy} onCancel={close} />
      </form>
    </dialog>
  );
}

function PinField({ entry: { pin, fault, type } }: { entry: PinEntry }) {
  return (
    <>
      <label>
        <span>PIN (on the master's screen)</span>
        <input
          value={pin}
          onInput={(event) => type(event.currentTarget.value)}
          inputMode="numeric"
          pattern="[0-9 ]{6,8}"
          title="six digits"
          maxLength={8}
          autocomplete="off"
          required
          aria-invalid={fault !== ''}
          aria-describedby="pin-fault"
        />
      </label>
      <p id="pin-fault" class="fault" role="alert">
        {fault}
      </p>
    </>
  );
}

function PinButtons({ action, isBusy, onCancel }: { action: ControlAction; isBusy: boolean; onCancel: () => void }) {
  return (
    <p class="buttons">
      <button type="submit" class={`action action-${action}`} aria-disabled={isBusy}>
        {isBusy ? 'Working …' : CONTROL_WORDS[action].confirm}
      </button>
      <button type="button" onClick={onCancel}>
        Cancel
      </button>
    </p>
  );
}
