/** Bytes of a file, as they are until they are given back, once. */
export interface FilePiece {
  bytes: Uint8Array;
  giveBack(): void;
}

/** A file in pieces, from any place on. */
export interface Pieces {
  /**
   * At least one byte from `at` on, and none behind `last`; at once when they are there already. One reading at a time.
   * @throws Error when they cannot be read, or are no longer those of the file that was opened
   */
  read(at: number, last: number): FilePiece | Promise<FilePiece>;
}
