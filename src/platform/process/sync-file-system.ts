import { syncPath } from '../files/files.ts';
import { runOk } from './command.ts';

/** A worn stick writes less than 1 MB per second. */
const TIMEOUT_MS = 300_000;

/**
 * Writes out all that a file system has in memory, and has its medium write out its own cache. On VFAT nothing less is enough: the fsync of
 * a directory leaves out a sector when a long name spans two clusters (Linux 6.12), and then hides every entry behind it from the next
 * reader; and syncfs alone does not ask the medium to flush, which the fsync of anything does.
 * @throws ReconError `command-failed`, and the system's error
 */
export async function syncFileSystem(directory: string): Promise<void> {
  await runOk(['sync', '--file-system', directory], { timeoutMs: TIMEOUT_MS });
  await syncPath(directory);
}
