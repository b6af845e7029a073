/** Words that each row must have, whichever way they are spelt. */
export function SearchField({ value, placeholder, search }: { value: string; placeholder: string; search: (text: string) => void }) {
  return (
    <label class="search">
      <span>Search</span>
      <input
        type="search"
        value={value}
        placeholder={placeholder}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        onInput={(event) => search(event.currentTarget.value)}
      />
    </label>
  );
}
