import { gunzipSync, gzipSync } from 'node:zlib';

/** So many sections are packed together; equal words of many machines make them a twentieth of their size. */
const TOGETHER = 50;

/** Sections of machines that wait for the head of the page, which is known only when all machines were seen. */
export interface KeptSections {
  add: (section: string) => void;
  /** in the order in which they were added */
  all: () => AsyncGenerator<string>;
}

/** Keeps sections packed: those of ten thousand machines are a hundred megabytes. */
export function keptSections(): KeptSections {
  const packed: Buffer[] = [];
  let waiting: string[] = [];
  return {
    add: (section) => {
      waiting.push(section);
      if (waiting.length < TOGETHER) return;
      packed.push(gzipSync(JSON.stringify(waiting), { level: 1 }));
      waiting = [];
    },
    all: async function* () {
      for (const piece of packed) yield* JSON.parse(gunzipSync(piece).toString('utf8')) as string[];
      yield* waiting;
    },
  };
}
