import { z } from 'zod';

/** A profile as V8 writes it (Chrome DevTools Protocol, Profiler.Profile): one time for each sample, in microseconds since the one before. */
const CpuProfile = z.object({
  nodes: z.array(z.object({ id: z.number(), callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() }) })),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});

/**
 * A line for each of the functions that took the most time themselves, without what they called, and above them how long all took. Waiting is left
 * out: V8 calls it `(idle)`.
 */
export function heaviest(profile: unknown, count: number): string[] {
  const { nodes, samples, timeDeltas } = CpuProfile.parse(profile);
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const tookMicroseconds = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const name = names.get(id) ?? '';
    if (name !== '(idle)') tookMicroseconds.set(name, (tookMicroseconds.get(name) ?? 0) + (timeDeltas[index] ?? 0));
  }
  const all = [...tookMicroseconds.values()].reduce((sum, one) => sum + one, 0);
  const sorted = [...tookMicroseconds].sort(([, one], [, other]) => other - one).slice(0, count);
  return [
    `${milliseconds(all)} ms of this thread at work, of which`,
    ...sorted.map(([name, took]) => `${milliseconds(took)} ms ${((took / all) * 100).toFixed(1).padStart(5)} %  ${name}`),
  ];
}

function nameOf({ functionName, url, lineNumber }: { functionName: string; url: string; lineNumber: number }): string {
  const name = functionName === '' ? '(without a name)' : functionName;
  if (url === '') return name;
  const place = url.replace(/^file:\/\//, '').replace(/^.*\/(src|node_modules|test)\//, '$1/');
  return `${name}  ${place}:${lineNumber + 1}`;
}

function milliseconds(microseconds: number): string {
  return (microseconds / 1000).toFixed(0).padStart(7);
}
