import type { Spool } from '../platform/files/spool.ts';
import { completedDetails, type DetailsDraft } from '../report/page/details/machine-details.ts';
import type { ListedMachines } from './listed-machines.ts';

/** Each machine's part of the report, as far as its record tells it. */
export interface KeptDetails {
  add(mac: string, draft: DetailsDraft): Promise<void>;
  /** those of the machines that are listed, with what the whole visit tells; in the order in which they were added */
  completed(listed: ListedMachines): AsyncGenerator<string>;
}

/** Keeps the parts in a spool: those of ten thousand machines are a hundred megabytes. */
export function keptDetails(spool: Spool): KeptDetails {
  const texts = spool.list();
  const macs: string[] = [];
  return {
    add: async (mac, draft) => {
      macs.push(mac);
      for (const text of draft) await texts.add(Buffer.from(text));
    },
    completed: async function* ({ rowOf, findingsOf }) {
      const left = macs.values();
      for await (const draft of drafts(texts.items())) {
        const row = rowOf.get(left.next().value ?? '');
        if (row !== undefined) yield completedDetails(draft, { ...row, findings: findingsOf.get(row.mac) ?? [] });
      }
    },
  };
}

async function* drafts(texts: AsyncIterable<Buffer>): AsyncGenerator<DetailsDraft> {
  let found: string[] = [];
  for await (const text of texts) {
    found.push(text.toString('utf8'));
    const [beforeBadges = '', beforeFindings = '', beforeOtherMacs = '', rest] = found;
    if (rest === undefined) continue;
    yield [beforeBadges, beforeFindings, beforeOtherMacs, rest];
    found = [];
  }
}
