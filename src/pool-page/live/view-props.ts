import type { KnownPool } from './known.ts';
import type { PoolActions, PoolPageState, Rights } from './state.ts';

/** What every view is given. */
export interface ViewProps {
  known: KnownPool;
  state: PoolPageState;
  actions: PoolActions;
  rights: Rights;
  headNowMs: number;
}
