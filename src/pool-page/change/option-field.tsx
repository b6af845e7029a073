import type { BootOption } from '../words/boot-options.ts';

export function OptionField(props: { label: string; value: string; options: readonly BootOption[]; choose: (value: string) => void }) {
  const { label, value, options, choose } = props;
  return (
    <label class="option">
      <span>{label}</span>
      <select value={value} onInput={(event) => choose(event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </label>
  );
}
