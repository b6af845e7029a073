import { oneLine, plainWord } from '../../safe-text.ts';

/** What NetBox calls an object, and its slug. */
export interface NamedSlug {
  name: string;
  slug: string;
}

/** Folds spellings that make the same slug (`R730XD`, `R730xd`) into the first one met: NetBox takes a slug only once. */
export class NetboxNames {
  readonly #names = new Map<string, string>();

  /** The name to use, and whether it is met for the first time. */
  take(text: string): NamedSlug & { isNew: boolean } {
    const slug = plainWord(text, 90) || 'unknown';
    const known = this.#names.get(slug);
    const name = known ?? (oneLine(text, 90) || 'Unknown');
    if (known === undefined) this.#names.set(slug, name);
    return { name, slug, isNew: known === undefined };
  }
}
