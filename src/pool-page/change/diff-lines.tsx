/** Lines of a file with their sign; removed and added ones are told apart without colour, too. */
export function DiffLines({ path, lines }: { path: string; lines: readonly string[] }) {
  return (
    <figure class="diff">
      <figcaption>
        <code>{path}</code>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: without a pointer, only what has the focus can be scrolled */}
      <pre tabIndex={0}>
        {lines.map((line, at) => (
          // lines repeat, and never change their place
          <span key={`${at}`} class={SIGNS[line[0] ?? ' '] ?? 'same'}>
            {`${line}\n`}
          </span>
        ))}
      </pre>
    </figure>
  );
}

const SIGNS: Readonly<Record<string, string>> = { '+': 'added', '-': 'removed' };
