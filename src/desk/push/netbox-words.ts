const MOST_WORDS = 500;

/** What NetBox says against a request, in its own words: `{"serial": ["too long"]}` is `serial: too long`. A page of HTML says nothing. */
export function netboxWords(text: string): string {
  const said = wordsOf(jsonOf(text));
  return (said === '' ? 'it gave no reason' : said).slice(0, MOST_WORDS);
}

function wordsOf(value: unknown, field = ''): string {
  if (typeof value === 'string' || typeof value === 'number') return field === '' ? String(value) : `${field}: ${value}`;
  if (Array.isArray(value)) return joined(value.map((one: unknown) => wordsOf(one, field)));
  if (typeof value !== 'object' || value === null) return '';
  return joined(
    Object.entries(value).map(([name, one]) =>
      wordsOf(one, ['detail', 'error', '__all__', 'non_field_errors'].includes(name) ? field : name),
    ),
  );
}

function joined(words: readonly string[]): string {
  return words.filter((one) => one !== '').join('; ');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
