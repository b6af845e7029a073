import type { BootOption } from '../words/boot-options.ts';
import { Field } from './field.tsx';

export function OptionField(props: {
  label: string;
  value: string;
  options: readonly BootOption[];
  choose: (value: string) => void;
  hint?: string;
  /** an empty value is refused by the browser, in its own words */
  isNeeded?: boolean;
}) {
  const { label, value, options, choose, hint, isNeeded } = props;
  return (
    <Field {...{ label, hint }}>
      {(control) => (
        <select {...control} required={isNeeded} value={value} onInput={(event) => choose(event.currentTarget.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
