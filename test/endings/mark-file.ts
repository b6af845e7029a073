/**
 * Loaded first in the process of each test file: whatever it starts carries the numbers of the run and of this process in its environment, so that it can be found
 * and ended with the file, also when it has left the process tree.
 */
import { FILE_MARK } from './file-processes.ts';

process.env[FILE_MARK] = `${process.ppid}:${process.pid}`;
