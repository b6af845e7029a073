import type { FastifyInstance } from 'fastify';
import { PATHS } from '../../domain/api.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { Store } from '../intake/store.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { VisitFacts } from './visit-facts.ts';

export interface ReadyDeps {
  /** of the image */
  version: string;
  storage: 'stick' | 'ram';
  ledger: Pick<Ledger, 'size'>;
  store: Pick<Store, 'latest'>;
  visit: () => Pick<VisitFacts, 'storageTrouble'>;
}

/** Whether we are up. */
export function readyRoute(app: FastifyInstance, { version, storage, ledger, store, visit }: ReadyDeps): void {
  app.get(PATHS.ready, async () => {
    const counts = { machines: ledger.size, records: store.latest().length };
    return { ready: true, version, storage, ...counts, ...definedOnly({ storageTrouble: visit().storageTrouble }) };
  });
}
