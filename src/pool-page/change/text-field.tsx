import { Field } from './field.tsx';

/** `rows`: several lines. `isName`: only what the head takes as a name. */
export function TextField(props: {
  label: string;
  value: string;
  type: (text: string) => void;
  hint?: string;
  rows?: number;
  isNeeded?: boolean;
  isName?: boolean;
}) {
  const { label, value, type, hint, rows, isNeeded = false, isName = false } = props;
  const plain = { value, autocomplete: 'off', autocapitalize: 'off', spellcheck: false, required: isNeeded || isName } as const;
  return (
    <Field {...{ label, hint }}>
      {(control) =>
        rows === undefined ? (
          <input {...plain} {...control} {...(isName ? NAME : {})} onInput={(event) => type(event.currentTarget.value)} />
        ) : (
          <textarea {...plain} {...control} rows={rows} onInput={(event) => type(event.currentTarget.value)} />
        )
      }
    </Field>
  );
}

const NAME = { pattern: '[a-z0-9]([a-z0-9\\-]{0,61}[a-z0-9])?', title: 'small letters, digits and hyphens, 63 at most' };
