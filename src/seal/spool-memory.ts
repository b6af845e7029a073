/**
 * Records and report wait here, packed, until the files before them are written: some 2 KB for each of machines that are alike. What is
 * more goes to a file beside the tarball and not to the system's temporary directory: on a master that is RAM as well. It takes room on the
 * stick, about a quarter of the tarball's, which holds the same records twice; the master keeps that room free (largest-tarball.ts).
 */
export const SPOOL_MEMORY_BYTES = 32 * 1024 ** 2;
