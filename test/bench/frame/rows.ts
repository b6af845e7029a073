import type { BenchRow } from './row.ts';
import { DESK_ROWS } from './rows/desk.ts';
import { GROWTH_ROWS } from './rows/growth.ts';
import { IMAGE_ROWS } from './rows/image.ts';
import { MASTER_ROWS } from './rows/master.ts';
import { POOL_ROWS } from './rows/pool.ts';

/** Everything that `make bench` measures, in the order of its table. Command, help, JSON and docs/performance.md are made of this list. */
export const BENCH_ROWS: readonly BenchRow[] = [...MASTER_ROWS, ...DESK_ROWS, ...GROWTH_ROWS, ...IMAGE_ROWS, ...POOL_ROWS];
