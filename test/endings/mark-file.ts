/**
 * Loaded first in the process of each test file: whatever it starts carries the numbers of the run and of this process in its environment, so that it can be found
 * and ended with the file, also when it has left the process tree. A file whose run was killed ends itself, with all that.
 */
import { endWithChildren, FILE_MARK } from './file-processes.ts';

const runPid = process.ppid;
process.env[FILE_MARK] = `${runPid}:${process.pid}`;
// the run itself, which loads this too, may go on without whoever started it
if (process.env['NODE_TEST_CONTEXT'] !== undefined)
  setInterval(() => {
    if (process.ppid !== runPid) endWithChildren(process.pid, runPid);
  }, 1000).unref();
