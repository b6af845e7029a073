import { counted } from '../domain/values/counted.ts';
import type { Visit } from '../tarball/visit.ts';
import type { OnProgress } from './progress-steps.ts';

/** The visit, which says how many of its machines and files were read: whatever goes through them shows how far it is. */
export function visitWithProgress(visit: Visit, onProgress: OnProgress): Visit {
  const { path } = visit;
  return {
    ...visit,
    // a getter: faults join while lines are read
    get faults() {
      return visit.faults;
    },
    nodes: () => each(visit.nodes(), (count) => onProgress(`${path}: ${counted(count, 'machine')} read`)),
    ledger: () => each(visit.ledger(), (count) => onProgress(`${path}: ${counted(count, 'line')} of the ledger read`)),
    captureFiles: () => each(visit.captureFiles(), (count) => onProgress(`${path}: ${counted(count, 'file')} of captures read`)),
  };
}

async function* each<One>(all: AsyncIterable<One>, say: (count: number) => void): AsyncGenerator<One> {
  let count = 0;
  for await (const one of all) {
    count += 1;
    say(count);
    yield one;
  }
}
