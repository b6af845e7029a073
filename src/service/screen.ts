import { eventLine, statusBlock } from '../master/console.ts';
import type { MasterEvent } from '../master/events.ts';
import type { SegmentState } from '../master/guard/segment.ts';
import type { Master } from '../master/master.ts';
import type { Consoles } from '../platform/consoles.ts';
import { wrapLines } from './wrap-lines.ts';

const STATUS_EVERY_MS = 15_000;

/** What the person in the aisle sees on the master: a line for each event, and now and then where everybody is. */
export interface Screen {
  say(...lines: string[]): void;
  event(event: MasterEvent): void;
  /** starts the status block, which is shown again whenever it has changed */
  watch(master: Master, storage: 'stick' | 'ram'): void;
  close(): Promise<void>;
}

export function openScreen(consoles: Consoles): Screen {
  let timer: NodeJS.Timeout | undefined;
  let shown = '';
  const say = (...lines: string[]): void =>
    consoles.write(lines.map((line) => `${wrapLines(`recon master: ${line}`).join('\n')}\n`).join(''));
  return {
    say,
    event: (event) => {
      const line = eventLine(event);
      if (line !== undefined) say(line);
    },
    watch: (master, storage) => {
      timer = setInterval(() => {
        const block = statusBlock({ nodes: master.nodes(), segments: master.segments, storage, sealed: master.sealed, stickInUse: true });
        if (block === shown) return;
        shown = block;
        consoles.write(block);
      }, STATUS_EVERY_MS);
    },
    close: async () => {
      clearInterval(timer);
      await consoles.close();
    },
  };
}

/** What an interface's state means, for the person; `undefined` when there is nothing to tell yet. */
export function segmentLines(name: string, state: SegmentState): string[] {
  switch (state.state) {
    case 'looking':
      return [`${name}: listening before serving ...`];
    case 'quiet':
      return [];
    case 'no-link':
      return [`${name}: no cable, or the other end is off`];
    case 'gone':
      return [`${name}: is gone`];
    case 'refused':
      return state.reasons.flatMap((reason) => [`${name}: NOT served. ${reason.sentence}`, `${name}: ${reason.hint}`]);
  }
}
