import type { NodeRecord } from '../domain/node-record.ts';
import { dataOf } from '../report/machine-row.ts';

/** What a person calls a machine by. */
export interface Identity {
  vendor?: string;
  product?: string;
  serial?: string;
}

/** From the record's system section; empty when that could not be read. */
export function identityOf(record: NodeRecord): Identity {
  const { vendor, product, serial } = dataOf(record).system ?? {};
  return {
    ...(vendor === undefined ? {} : { vendor }),
    ...(product === undefined ? {} : { product }),
    ...(serial === undefined ? {} : { serial }),
  };
}
