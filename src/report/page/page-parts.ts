import { gzipSync } from 'node:zlib';

/** Pieces of the page that its script unpacks when somebody asks for them: ten thousand machines at once are too much for a browser. */
export interface FoldedParts {
  readonly isPacked: boolean;
  /** What goes into the tag of a folded part, and what goes between its ends. */
  fold: (html: string) => { attribute: string; content: string };
  /** the packed pieces that were folded since the last call */
  take: () => string;
}

/** On a page that is not packed everything stands where it belongs, and needs no script. */
export function foldedParts(isPacked: boolean): FoldedParts {
  let waiting: string[] = [];
  let count = 0;
  return {
    isPacked,
    fold: (html) => {
      if (!isPacked) return { attribute: '', content: html };
      count += 1;
      const id = `fold-${count}`;
      waiting.push(packedPart(id, html));
      return { attribute: ` data-part="${id}"`, content: '<p class="waiting">Unfolding needs JavaScript …</p>' };
    },
    take: () => {
      const taken = waiting.join('');
      waiting = [];
      return taken;
    },
  };
}

/** A piece as base64 of gzip: browsers neither run nor draw a script of an unknown type. */
export function packedPart(id: string, content: string): string {
  return `<script type="application/gzip" id="${id}">${gzipSync(content).toString('base64')}</script>\n`;
}
