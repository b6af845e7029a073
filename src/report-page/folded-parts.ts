import { unpack } from './unpack.ts';

/** Fills a folded part when it is opened for the first time. */
export function fillWhenOpened(): void {
  // `toggle` does not bubble
  document.addEventListener('toggle', ({ target }) => void fill(target as HTMLDetailsElement), true);
  for (const part of document.querySelectorAll<HTMLDetailsElement>('details[open][data-part]')) void fill(part);
}

/** Puts a button after the heading that unfolds all that follows of one kind. */
export function offerUnfolding(headingId: string, kind: string): void {
  const heading = document.getElementById(headingId);
  const parts = document.querySelectorAll<HTMLDetailsElement>(`details.${kind}`);
  if (heading === null || parts.length < 2) return;
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'unfold', textContent: 'Unfold all' });
  button.addEventListener('click', () => {
    const isOpening = [...parts].some((part) => !part.open);
    for (const part of parts) {
      part.open = isOpening;
      const around = part.parentElement?.closest('details');
      if (around && isOpening) around.open = true;
    }
    button.textContent = isOpening ? 'Fold all' : 'Unfold all';
  });
  heading.append(' ', button);
}

async function fill(part: HTMLDetailsElement): Promise<void> {
  const id = part.dataset?.['part'];
  if (id === undefined || !part.open) return;
  delete part.dataset['part'];
  const place = part.querySelector('.part');
  if (place !== null) place.innerHTML = await unpack(id);
}
