import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** What a form may do with the dialog around it; `close` gives the focus back to where it was. */
export interface DialogHandle {
  close: () => void;
  focusFirst: () => void;
}

/** A form in front of everything else. */
export function Dialog(props: {
  id: string;
  title: string;
  explain?: string;
  /** for a long form */
  isBroad?: boolean;
  onSubmit: (dialog: DialogHandle) => void | Promise<void>;
  onClose: () => void;
  children: (dialog: DialogHandle) => ComponentChildren;
}) {
  const { id, title, explain, isBroad = false, onSubmit, onClose, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const handle: DialogHandle = {
    close: () => dialog.current?.close(),
    focusFirst: () => dialog.current?.querySelector('input')?.focus(),
  };
  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={isBroad ? 'broad' : undefined}
      aria-labelledby={`${id}-title`}
      aria-describedby={explain === undefined ? undefined : `${id}-explain`}
      onClose={onClose}
    >
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          void onSubmit(handle);
        }}
      >
        <h2 id={`${id}-title`}>{title}</h2>
        {explain !== undefined && <p id={`${id}-explain`}>{explain}</p>}
        {children(handle)}
      </form>
    </dialog>
  );
}

/** What went wrong, read out when it appears. */
export function Fault({ id, text }: { id: string; text: string }) {
  return (
    <p id={id} class="fault" role="alert">
      {text}
    </p>
  );
}
