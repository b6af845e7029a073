import fc from 'fast-check';
import type { ToolTexts } from './tool-texts.ts';

type Damage = (text: string, random: () => number) => string;

/** What becomes of a tool's output on a bad day; each character is a byte. */
export const DAMAGES: Readonly<Record<string, Damage>> = {
  empty: () => '',
  truncated: (text, random) => text.slice(0, Math.floor(random() * text.length)),
  'without its beginning': (text, random) => text.slice(Math.floor(random() * text.length)),
  doubled: (text) => `${text}\n${text}`,
  'with CRLF': (text) => text.replaceAll('\n', '\r\n'),
  'in another order': (text, random) => shuffled(text.split('\n'), random).join('\n'),
  'with blocks in another order': (text, random) => shuffled(text.split('\n\n'), random).join('\n\n'),
  'without some lines': (text, random) =>
    text
      .split('\n')
      .filter(() => random() > 0.1)
      .join('\n'),
  'with a block doubled': (text, random) => {
    const blocks = text.split('\n\n');
    const at = Math.floor(random() * blocks.length);
    return blocks.toSpliced(at, 0, blocks[at] ?? '').join('\n\n');
  },
  'with NUL': (text, random) => sprinkled(text, random, () => '\0'),
  'with other bytes': (text, random) => sprinkled(text, random, () => String.fromCharCode(Math.floor(random() * 256))),
  'with bits flipped': (text, random) =>
    sprinkled(text, random, (byte) => String.fromCharCode(byte.charCodeAt(0) ^ (1 << Math.floor(random() * 8)))),
};

/** Damage that only takes lines away or says them again. */
export const LOSSES = ['empty', 'truncated', 'doubled', 'with CRLF', 'without some lines'] as const;

/**
 * A capture of `captures` with some of its outputs and files damaged, and sometimes two outputs swapped. The name says how.
 */
export function damagedTexts(captures: readonly ToolTexts[], kinds: readonly string[] = Object.keys(DAMAGES)): fc.Arbitrary<ToolTexts> {
  const step = fc.record({ kind: fc.constantFrom(...kinds), share: fc.constantFrom(0.05, 0.3, 1), seed: fc.nat() });
  const swaps = fc.array(fc.tuple(fc.nat(99), fc.nat(99)), { maxLength: 3 });
  return fc
    .record({ capture: fc.constantFrom(...captures), steps: fc.array(step, { minLength: 1, maxLength: 2 }), swaps })
    .map(({ capture, steps, swaps: pairs }) => {
      const swapped = pairs.reduce((outputs, [a, b]) => exchange(outputs, a, b), capture.outputs);
      const texts = steps.reduce<ToolTexts>((before, { kind, share, seed }) => damaged(before, kind, share, seeded(seed)), {
        ...capture,
        outputs: swapped,
        name: `${capture.name}${pairs.map(([a, b]) => `, outputs ${a} and ${b} swapped`).join('')}`,
      });
      // a failure names the damage; with the seed it can be had again
      return Object.assign(texts, { [fc.toStringMethod]: () => texts.name });
    });
}

/** The text of one output damaged so, by a seed. */
export function damagedText(text: string, kind: string, seed: number): string {
  return (DAMAGES[kind] ?? ((same) => same))(text, seeded(seed));
}

function damaged(texts: ToolTexts, kind: string, share: number, random: () => number): ToolTexts {
  const change = (all: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(all).map(([id, text]) => [id, random() < share ? (DAMAGES[kind]?.(text, random) ?? text) : text]));
  return { ...texts, name: `${texts.name}, ${share} of it ${kind}`, outputs: change(texts.outputs), files: change(texts.files) };
}

function exchange(outputs: Readonly<Record<string, string>>, a: number, b: number): Record<string, string> {
  const ids = Object.keys(outputs);
  const [left = '', right = ''] = [ids[a % ids.length], ids[b % ids.length]];
  return { ...outputs, [left]: outputs[right] ?? '', [right]: outputs[left] ?? '' };
}

/** Numbers in [0, 1) that are the same for a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

function sprinkled(text: string, random: () => number, byteFor: (byte: string) => string): string {
  if (text === '') return text;
  const bytes = [...text];
  for (let count = 0; count < 1 + text.length / 100; count++) {
    const at = Math.floor(random() * bytes.length);
    bytes[at] = byteFor(bytes[at] ?? ' ');
  }
  return bytes.join('');
}
