/** How much of a tarball a stored machine takes at most, in bytes. */
export interface MachineBound {
  /** its record, in nodes.jsonl and in its own folder, and its part of the report */
  recordBytes: number;
  /** the files of its raw capture */
  captureBytes: number;
}

/** What a visit consists of, as far as the size of its tarball depends on it. */
export interface VisitParts {
  /** of all machines together */
  machines: MachineBound;
  ledgerBytes: number;
  /** what initrds sent of machines without a record */
  partialBytes: number;
  /** addresses that asked and have no record; some of them may have one */
  missingCount: number;
}

export interface TarballBound {
  wholeBytes: number;
  withoutCapturesBytes: number;
  /** of the file beside the tarball in which records wait (spool.ts) */
  spoolBytes: number;
}

/** The deflate of a tarball packs records as well as a gzip of each alone does at its lowest level; they are in it twice, and some of each in the report. */
const RECORD_COPIES = 2.5;
const RECORD_REST_BYTES = 4096;
/** What was packed as base64 packs no worse as it is. */
const CAPTURE_COPIES = 1.1;
/** A tar header, and a row of the manifest with a hash that cannot be packed. Some 60 bytes were measured. */
const CAPTURED_FILE_BYTES = 100;
/** A line of nodes.csv, verdicts.jsonl and nodes.jsonl each, and a row of the report. */
const MISSING_BYTES = 1024;
/** The page's style and program, and the tables that every tarball has. */
const REST_BYTES = 128 * 1024;
/** Lines that look random pack to three quarters: base64 has 6 bits in a byte. */
const LEDGER_SHARE = 0.75;
/** age adds 16 bytes to each 64 KiB. */
const ENCRYPTION_SHARE = 1.001;

/** `packedBytes`: of the record, gzipped alone at level 1. */
export function recordBound(packedBytes: number): MachineBound {
  return { recordBytes: Math.ceil(packedBytes * RECORD_COPIES) + RECORD_REST_BYTES, captureBytes: 0 };
}

/** Of a gzipped capture with so many lines. */
export function captureBound(packedBytes: number, files: number): MachineBound {
  return { recordBytes: 0, captureBytes: Math.ceil(packedBytes * CAPTURE_COPIES) + files * CAPTURED_FILE_BYTES };
}

export function addBounds(a: MachineBound, b: MachineBound): MachineBound {
  return { recordBytes: a.recordBytes + b.recordBytes, captureBytes: a.captureBytes + b.captureBytes };
}

export const NO_BOUND: MachineBound = { recordBytes: 0, captureBytes: 0 };

/** How large the next tarball becomes at most, and what is needed beside it. */
export function tarballBound({ machines, ledgerBytes, partialBytes, missingCount }: VisitParts, spoolMemoryBytes: number): TarballBound {
  const rest = REST_BYTES + ledgerBytes * LEDGER_SHARE + missingCount * MISSING_BYTES;
  const withoutCaptures = machines.recordBytes + rest;
  const withCaptures = withoutCaptures + machines.captureBytes + partialBytes;
  return {
    wholeBytes: Math.ceil(withCaptures * ENCRYPTION_SHARE),
    withoutCapturesBytes: Math.ceil(withoutCaptures * ENCRYPTION_SHARE),
    spoolBytes: Math.max(0, withoutCaptures - spoolMemoryBytes),
  };
}
