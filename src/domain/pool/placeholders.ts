/** What `${…}` may say in arguments and sources of a pool. No expressions and no code: a template that runs code makes whoever may write it root. */
export const PLACEHOLDERS = ['node.name', 'node.tags', 'node.address', 'group', 'image.version', 'head.address'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** A value for each; of a machine that is no node, and of what has no image, it is empty. */
export type PlaceholderValues = Readonly<Record<Placeholder, string>>;

const WRITTEN = /\$\{([^}]*)\}?/g;

/** The first placeholder in a text that nobody knows, as it was written; undefined when all are known. */
export function unknownPlaceholder(text: string): string | undefined {
  return [...text.matchAll(WRITTEN)].find(([whole, name = '']) => !whole.endsWith('}') || !isPlaceholder(name))?.[0];
}

/** The text with each placeholder's value in its place. One that is not known stays out: what reads the result may have a `${…}` of its own. */
export function filled(text: string, values: PlaceholderValues): string {
  return text.replaceAll(WRITTEN, (_whole, name: string) => (isPlaceholder(name) ? values[name] : ''));
}

function isPlaceholder(name: string): name is Placeholder {
  return PLACEHOLDERS.some((one) => one === name);
}
