export interface Painter<State> {
  now(): State;
  /** What a person does is drawn at once: the next key must not meet a button that is about to go away. */
  act(next: (before: State) => State): void;
  /** Many changes in a moment are drawn once. */
  change(next: (before: State) => State): void;
}

/** Keeps the state that everything on a page is made from, and draws it. */
export function openPainter<State>(first: State, draw: (state: State) => void): Painter<State> {
  let state = first;
  let isWaiting = false;
  draw(state);
  return {
    now: () => state,
    act: (next) => {
      state = next(state);
      draw(state);
    },
    change: (next) => {
      state = next(state);
      if (isWaiting) return;
      isWaiting = true;
      // not requestAnimationFrame: it stands still in a tab that nobody looks at, and a screen reader may still listen to it
      setTimeout(() => {
        isWaiting = false;
        draw(state);
      }, 50);
    },
  };
}
