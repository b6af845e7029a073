import { useEffect, useRef } from 'preact/hooks';

/** The heading of a view; a screen reader, and the keyboard, go on where the new view begins. */
export function ViewTitle({ text }: { text: string }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    title.current?.focus();
    scrollTo(0, 0);
  }, []);
  return (
    <h2 id="view-title" ref={title} tabIndex={-1}>
      {text}
    </h2>
  );
}
