import { useEffect, useState } from 'preact/hooks';
import { POOL_API } from '../../domain/pool/api-path.ts';
import type { SessionView } from '../../domain/pool/api-views.ts';
import { Dialog, Fault } from '../../web/parts/dialog.tsx';
import { refusalText } from '../live/ask-head.ts';
import { askWhoIsIn, signIn } from '../live/ask-session.ts';
import type { PoolActions } from '../live/state.ts';
import { useAnswer } from '../live/use-answer.ts';
import { Sheet, SubmitButton } from './sheet.tsx';

interface SignInProps {
  /** why one is not signed in; empty when one never was */
  sentence: string;
  actions: PoolActions;
}

/** Name and password, when nothing is shown yet. */
export function SignIn({ sentence, actions }: SignInProps) {
  const entry = useSignIn(actions);
  return (
    <Sheet id="sign-in" title="Sign in" onSubmit={() => void entry.send()}>
      {sentence !== '' && <p>{sentence}</p>}
      <SignInFields entry={entry} />
      <IssuerLink />
      <p class="hint">
        No password yet? Open the link that the head printed when it started, or ask an administrator: <code>recon user add</code> prints
        another one.
      </p>
    </Sheet>
  );
}

/** The same in front of a page on which something may be typed already. */
export function SignInAgain({ sentence, actions }: SignInProps) {
  const entry = useSignIn(actions);
  const setElsewhere = useSignedInElsewhere(actions);
  return (
    <Dialog id="sign-in" title="Sign in again" explain={sentence} onSubmit={() => void entry.send()} onClose={() => actions.signedOut('')}>
      {() => (
        <>
          <SignInFields entry={entry} />
          <IssuerLink isElsewhere onLeave={() => setElsewhere(true)} />
        </>
      )}
    </Dialog>
  );
}

/** Asks whether somebody has signed in in another tab of this browser: when one comes back to this one, and meanwhile. */
function useSignedInElsewhere(actions: PoolActions): (isElsewhere: boolean) => void {
  const [isElsewhere, setElsewhere] = useState(false);
  useEffect(() => {
    if (!isElsewhere) return;
    const look = async (): Promise<void> => {
      const person = await askWhoIsIn().catch(() => undefined);
      if (person !== undefined) actions.signedIn(person);
    };
    const timer = setInterval(() => void look(), LOOK_MS);
    addEventListener('focus', look);
    return () => {
      clearInterval(timer);
      removeEventListener('focus', look);
    };
  }, [isElsewhere]);
  return setElsewhere;
}

const LOOK_MS = 2000;

/** @param isElsewhere in another tab, because this one has what somebody typed */
function IssuerLink({ isElsewhere = false, onLeave }: { isElsewhere?: boolean; onLeave?: () => void }) {
  const { answer } = useAnswer<SessionView>('/session', '');
  if (answer?.issuer === undefined) return null;
  return (
    <div class="issuer">
      <a
        class="button"
        href={`${POOL_API}/session/issuer`}
        {...(isElsewhere ? { target: '_blank', rel: 'noopener' } : {})}
        onClick={onLeave}
      >
        Sign in with {answer.issuer.title}
      </a>
      {isElsewhere && <p class="hint">It opens another tab. What you typed stays in this one, which goes on by itself.</p>}
    </div>
  );
}

interface SignInEntry {
  name: string;
  password: string;
  fault: string;
  isBusy: boolean;
  type(change: { name?: string; password?: string }): void;
  send(): Promise<void>;
}

function useSignIn(actions: PoolActions): SignInEntry {
  const [typed, setTyped] = useState({ name: '', password: '' });
  const [fault, setFault] = useState('');
  const [isBusy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setFault('');
    try {
      const person = await signIn(typed);
      if (person !== undefined) actions.signedIn(person);
    } catch (error) {
      setFault(refusalText(error));
    } finally {
      setBusy(false);
    }
  };
  return { ...typed, fault, isBusy, type: (change) => setTyped({ ...typed, ...change }), send };
}

function SignInFields({ entry: { name, password, fault, isBusy, type } }: { entry: SignInEntry }) {
  return (
    <>
      <label>
        <span>Name</span>
        <input
          name="username"
          value={name}
          onInput={(event) => type({ name: event.currentTarget.value })}
          autocomplete="username"
          autocapitalize="off"
          spellcheck={false}
          required
        />
      </label>
      <label>
        <span>Password</span>
        <input
          name="password"
          type="password"
          value={password}
          onInput={(event) => type({ password: event.currentTarget.value })}
          autocomplete="current-password"
          required
          aria-invalid={fault !== ''}
          aria-describedby="sign-in-fault"
        />
      </label>
      <Fault id="sign-in-fault" text={fault} />
      <SubmitButton text="Sign in" isBusy={isBusy} />
    </>
  );
}
