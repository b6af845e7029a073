import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

/** A name, what may be said of it, and the control: what is said is read out after the name, and is no part of it. */
export function Field(props: {
  label: string;
  hint?: string | undefined;
  children: (control: { id: string; 'aria-describedby'?: string }) => ComponentChildren;
}) {
  const { label, hint, children } = props;
  const [id] = useState(newId);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <small id={`${id}-hint`} class="hint">
          {hint}
        </small>
      )}
      {children({ id, ...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` }) })}
    </div>
  );
}

let fields = 0;

/** Preact's own counts anew each time that the whole page is painted, and gives one id to two fields. */
function newId(): string {
  fields += 1;
  return `field-${fields}`;
}
