import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';

/** Moves what was written into the file itself, beside the event loop. */
export interface Checkpoints {
  /** something was written */
  noteWrite(): void;
  end(): void;
}

/** SQLite does it at 4 MiB of its own accord, in the midst of a write. */
const LARGEST_LOG_BYTES = 32 * 1024 * 1024;
const WRITES_BETWEEN_LOOKS = 32;
/** So many times its size, and the thread does not get through: a log begins anew only at a moment at which all of it has been moved. */
const OVERDUE = 4;

/**
 * A checkpoint waits for the disk (sqlite.org/wal.html, "Performance Considerations"), a tenth of a second and more where others write to it too, and every
 * machine that asks would wait with it. A thread of its own does it instead; machines are written down meanwhile. Where they are written down faster than that, one
 * of them waits after all: the disk is not filled.
 */
export function checkpointsOf(path: string, database: Pick<DatabaseSync, 'exec'>, largestBytes = LARGEST_LOG_BYTES): Checkpoints {
  let [writes, isBusy] = [0, false];
  let thread: Worker | undefined;
  const begun = (): Worker => {
    const worker = new Worker(THREAD, { eval: true, workerData: path });
    worker.unref();
    worker.on('message', () => {
      isBusy = false;
    });
    // what it could not do it is asked again
    worker.on('error', () => {
      [thread, isBusy] = [undefined, false];
    });
    return worker;
  };
  return {
    noteWrite: () => {
      writes += 1;
      if (isBusy || writes % WRITES_BETWEEN_LOOKS !== 0) return;
      const bytes = logBytes(path);
      if (bytes < largestBytes) return;
      if (bytes >= largestBytes * OVERDUE) return database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      isBusy = true;
      thread ??= begun();
      thread.postMessage('checkpoint');
    },
    end: () => void thread?.terminate(),
  };
}

/** In the text of the program, which is one file where it is bundled. */
const THREAD = `
const { DatabaseSync } = require('node:sqlite');
const { parentPort, workerData } = require('node:worker_threads');
const database = new DatabaseSync(workerData);
database.exec('PRAGMA busy_timeout = 5000');
parentPort.on('message', () => {
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  parentPort.postMessage('done');
});
`;

function logBytes(path: string): number {
  return statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}
