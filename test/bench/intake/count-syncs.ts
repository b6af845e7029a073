import promises from 'node:fs/promises';

/** What of a process's own work reached a medium. */
export interface SyncCounts {
  /** fsync(2), of a file or a directory */
  fsyncs: number;
  /** syncfs(2), by a program that was started for it */
  fileSystems: number;
}

/** Counts every `sync` of an open file from now on. */
export async function countSyncs(): Promise<SyncCounts> {
  const counts: SyncCounts = { fsyncs: 0, fileSystems: 0 };
  await using handle = await promises.open('/dev/null');
  const prototype = Object.getPrototypeOf(handle) as { sync(): Promise<void>; datasync(): Promise<void> };
  for (const name of ['sync', 'datasync'] as const) {
    const real = prototype[name];
    prototype[name] = function (this: unknown) {
      counts.fsyncs += 1;
      return real.call(this);
    };
  }
  return counts;
}
