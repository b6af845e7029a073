/** At a desk nothing is sealed again: the tarball is made on the disk where it was to be. */
export const FULL_AT_DESK = 'Nothing was lost. Name a file on a disk with more room with -o.';
