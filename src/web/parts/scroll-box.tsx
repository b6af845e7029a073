import type { ComponentChildren } from 'preact';

/** A table that may be wider than the screen. */
export function ScrollBox({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without a pointer, only what has the focus can be scrolled
    <section class="scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
