export function TextField(props: { label: string; value: string; type: (text: string) => void; hint?: string }) {
  const { label, value, type, hint } = props;
  return (
    <label>
      <span>
        {label} {hint !== undefined && <small class="hint">({hint})</small>}
      </span>
      <input
        value={value}
        onInput={(event) => type(event.currentTarget.value)}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
      />
    </label>
  );
}
