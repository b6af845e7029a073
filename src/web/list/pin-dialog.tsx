import type { ControlAction } from '../../domain/page-paths.ts';
import type { VisitSummary } from '../../domain/web-api.ts';
import type { Actions } from '../live/state.ts';
import { Dialog, Fault } from '../parts/dialog.tsx';
import { CONTROL_WORDS, doubt } from '../words/control-words.ts';
import { type PinEntry, usePin } from './use-pin.ts';

/** Asks for the PIN and does what was wished. */
export function PinDialog(props: { action: ControlAction; visit: VisitSummary; actions: Actions; onClose: () => void }) {
  const { action, visit, actions, onClose } = props;
  const entry = usePin(action);
  const { title, explain } = CONTROL_WORDS[action];
  const against = doubt(action, visit);
  return (
    <Dialog
      {...{ id: 'pin', title, explain, onClose }}
      onSubmit={async ({ close, focusFirst }) => {
        const sentence = await entry.send();
        if (sentence === undefined) return focusFirst();
        actions.say(sentence);
        close();
      }}
    >
      {({ close }) => (
        <>
          {against !== undefined && <p class="notice warn">{against[0]?.toUpperCase() + against.slice(1)}</p>}
          <PinField entry={entry} />
          <PinButtons action={action} isBusy={entry.isBusy} onCancel={close} />
        </>
      )}
    </Dialog>
  );
}

function PinField({ entry: { pin, fault, type } }: { entry: PinEntry }) {
  return (
    <>
      <label class="code">
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
      <Fault id="pin-fault" text={fault} />
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
