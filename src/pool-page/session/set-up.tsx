import { useState } from 'preact/hooks';
import { Fault } from '../../web/parts/dialog.tsx';
import { refusalText } from '../live/ask-head.ts';
import { setUpPassword, signIn } from '../live/ask-session.ts';
import type { PoolActions } from '../live/state.ts';
import { Sheet, SubmitButton } from './sheet.tsx';

/** Sets a password by the link that the head printed, and signs in with it. */
export function SetUp({ link, actions }: { link: string; actions: PoolActions }) {
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [fault, setFault] = useState('');
  const [isBusy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    if (isBusy) return;
    if (password !== again) return setFault('The two are not the same. Type the password twice.');
    setBusy(true);
    setFault('');
    try {
      const named = await setUpPassword({ link, password });
      // the link is used up: it must not stay in the address
      history.replaceState(null, '', '#/');
      dispatchEvent(new HashChangeEvent('hashchange'));
      const person = await signIn({ name: named?.name ?? '', password });
      if (person !== undefined) actions.signedIn(person);
    } catch (error) {
      setFault(refusalText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Sheet id="set-up" title="Choose a password" onSubmit={() => void send()}>
      <p>This link works once. Afterwards you sign in with your name and this password.</p>
      <PasswordField label="Password" value={password} type={setPassword} fault={fault} />
      <PasswordField label="The same again" value={again} type={setAgain} fault={fault} />
      <Fault id="set-up-fault" text={fault} />
      <SubmitButton text="Set it and sign in" isBusy={isBusy} />
    </Sheet>
  );
}

function PasswordField({ label, value, type, fault }: { label: string; value: string; type: (text: string) => void; fault: string }) {
  return (
    <label>
      <span>{label}</span>
      <input
        type="password"
        value={value}
        onInput={(event) => type(event.currentTarget.value)}
        autocomplete="new-password"
        required
        aria-invalid={fault !== ''}
        aria-describedby="set-up-fault"
      />
    </label>
  );
}
