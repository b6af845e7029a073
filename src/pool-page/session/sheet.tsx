import type { ComponentChildren } from 'preact';

/** A form that is the whole view. */
export function Sheet(props: { id: string; title: string; onSubmit: () => void; children: ComponentChildren }) {
  const { id, title, onSubmit, children } = props;
  return (
    <form
      class="sheet"
      aria-labelledby={`${id}-title`}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </form>
  );
}

export function SubmitButton({ text, isBusy }: { text: string; isBusy: boolean }) {
  return (
    <p class="buttons">
      <button type="submit" class="action" aria-disabled={isBusy}>
        {isBusy ? 'Working …' : text}
      </button>
    </p>
  );
}
