import type { FastifyInstance } from 'fastify';
import { PATHS } from '../../domain/api.ts';
import type { Store } from '../intake/store.ts';
import type { Ledger } from '../ledger/ledger.ts';

export interface ReadyDeps {
  /** of the image */
  version: string;
  storage: 'stick' | 'ram';
  ledger: Pick<Ledger, 'size'>;
  store: Pick<Store, 'latest'>;
}

/** Whether we are up. */
export function readyRoute(app: FastifyInstance, { version, storage, ledger, store }: ReadyDeps): void {
  app.get(PATHS.ready, async () => ({ ready: true, version, storage, machines: ledger.size, records: store.latest().length }));
}
