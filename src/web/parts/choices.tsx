/** One of several things that a list may be narrowed to. */
export interface Choice<Key> {
  key: Key;
  word: string;
  /** before the word, so that no colour has to be told apart */
  sign?: string;
  className?: string;
  count: number;
}

/** Buttons of which one is pressed; pressed again, the first one is. */
export function Choices<Key extends string>(props: {
  legend: string;
  choices: readonly Choice<Key>[];
  chosen: Key;
  choose: (key: Key) => void;
}) {
  const { legend, choices, chosen, choose } = props;
  const [all] = choices;
  return (
    <fieldset>
      <legend class="unseen">{legend}</legend>
      {choices.map(({ key, word, sign, className, count }) => (
        <button
          key={key}
          type="button"
          class={['choice', className, ...(count === 0 && key !== all?.key ? ['none'] : [])].join(' ')}
          aria-pressed={chosen === key}
          onClick={() => choose(chosen === key && all !== undefined ? all.key : key)}
        >
          {sign !== undefined && <span aria-hidden="true">{sign} </span>}
          {word} <b>{count}</b>
        </button>
      ))}
    </fieldset>
  );
}
