import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ControlAction } from '../../domain/page-paths.ts';
import type { VisitSummary } from '../../domain/web-api.ts';
import { command } from '../live/ask-master.ts';
import type { Actions } from '../live/state.ts';
import { CONTROL_WORDS, doubt } from '../words/control-words.ts';
import { counted } from '../words/numbers.ts';

/** Kept until the page is closed or the PIN turns out to be wrong: nobody walks to the screen twice. */
let knownPin = '';

/** Asks for the PIN and does what was wished. */
export function PinDialog(props: { action: ControlAction; visit: VisitSummary; actions: Actions; onClose: () => void }) {
  const { action, visit, actions, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const [pin, setPin] = useState(knownPin);
  const [fault, setFault] = useState('');
  const [isBusy, setBusy] = useState(false);
  const words = CONTROL_WORDS[action];
  const against = doubt(action, visit);

  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setFault('');
    const answer = await command(action, pin.replaceAll(/\s/g, ''));
    setBusy(false);
    if (answer.ok) {
      knownPin = pin;
      const inside = answer.tarball === undefined ? '' : ` ${answer.tarball.name} holds ${counted(answer.tarball.machines, 'machine')}.`;
      actions.say(`${words.doneText}${inside}`);
      dialog.current?.close();
      return;
    }
    if (answer.code === 'pin-wrong') {
      knownPin = '';
      setPin('');
    }
    setFault(answer.message);
    dialog.current?.querySelector('input')?.focus();
  };

  return (
    <dialog ref={dialog} aria-labelledby="pin-title" aria-describedby="pin-explain" onClose={onClose}>
      <form method="dialog" onSubmit={(event) => void submit(event)}>
        <h2 id="pin-title">{words.title}</h2>
        <p id="pin-explain">{words.explain}</p>
        {against !== undefined && <p class="notice warn">{against[0]?.toUpperCase() + against.slice(1)}</p>}
        <label>
          <span>PIN (on the master's screen)</span>
          <input
            value={pin}
            onInput={(event) => setPin(event.currentTarget.value)}
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
        <p class="buttons">
          <button type="submit" class={`action action-${action}`} aria-disabled={isBusy}>
            {isBusy ? 'Working …' : words.confirm}
          </button>
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
        </p>
      </form>
    </dialog>
  );
}
