import { useState } from 'preact/hooks';
import { Dialog } from '../../web/parts/dialog.tsx';

/** What is shown this once: a link, or a token. Nobody can look it up afterwards. */
export function SecretDialog(props: { title: string; explain: string; label: string; text: string; onClose: () => void }) {
  const { title, explain, label, text, onClose } = props;
  const [copied, setCopied] = useState('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied('Copied.');
    } catch {
      setCopied('This browser does not let a page copy: choose the text and copy it.');
    }
  };
  return (
    <Dialog id="secret" {...{ title, explain, onClose }} onSubmit={({ close }) => close()}>
      {() => (
        <>
          <label>
            <span>{label}</span>
            <input class="secret" readOnly value={text} onFocus={(event) => event.currentTarget.select()} />
          </label>
          <p role="status">{copied}</p>
          <p class="buttons">
            <button type="button" onClick={() => void copy()}>
              Copy
            </button>
            <button type="submit" class="action">
              I have it
            </button>
          </p>
        </>
      )}
    </Dialog>
  );
}
