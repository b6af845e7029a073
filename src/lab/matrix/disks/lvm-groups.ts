import { type LvmGroup, linear, lvmVolume } from '../../hardware/lvm-metadata.ts';

/** A volume with a classic snapshot, whose table of exceptions is written when it is activated. */
export const SNAPSHOT_GROUP: LvmGroup = {
  name: 'matrix_snapshot',
  volumes: (seed) => [
    lvmVolume(seed, 2, 'plain', 4, linear(0)),
    lvmVolume(seed, 3, 'yesterday', 4, linear(4)),
    lvmVolume(seed, 4, 'snapshot0', 4, 'type = "snapshot"\nchunk_size = 8\norigin = "plain"\ncow_store = "yesterday"'),
  ],
};

/** A thin pool with one volume; the pool writes its transaction when it is activated. */
export const THIN_GROUP: LvmGroup = {
  name: 'matrix_thin',
  volumes: (seed) => [
    lvmVolume(
      ...([seed, 2, 'pool', 16] as const),
      'type = "thin-pool"\nmetadata = "pool_tmeta"\npool = "pool_tdata"\ntransaction_id = 1\nchunk_size = 128\ndiscards = "passdown"\nzero_new_blocks = 1',
    ),
    lvmVolume(seed, 3, 'pool_tmeta', 4, linear(0), 'hidden'),
    lvmVolume(seed, 4, 'pool_tdata', 16, linear(4), 'hidden'),
    lvmVolume(seed, 5, 'lvol0_pmspare', 4, linear(20), 'hidden'),
    lvmVolume(seed, 6, 'thin', 8, 'type = "thin"\nthin_pool = "pool"\ntransaction_id = 0\ndevice_id = 1'),
  ],
};
