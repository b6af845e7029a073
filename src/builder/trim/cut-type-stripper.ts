import { ReconError } from '../../domain/errors.ts';

/** WebAssembly in base64: its magic bytes. */
const WASM = 'AGFzbQ';
/** The other programs of WebAssembly in Node (its HTTP parser) have a tenth of this, and are used. */
const LEAST_BYTES = 1_000_000;

/**
 * A Node binary that cannot run TypeScript: its type stripper (amaro), a WebAssembly program of 3.8 MB in base64, becomes letters of one kind. The image's
 * program is JavaScript. All offsets stay. Pure: gives a copy.
 * @throws ReconError `build-failed` for a binary without one
 */
export function cutTypeStripper(binary: Uint8Array): Buffer {
  const cut = Buffer.from(binary);
  let found = 0;
  for (let start = cut.indexOf(WASM); start >= 0; start = cut.indexOf(WASM, start + WASM.length)) {
    let end = start;
    while (end < cut.length && isBase64(cut[end] ?? 0)) end++;
    if (end - start < LEAST_BYTES) continue;
    cut.fill('A', start, end);
    found++;
  }
  if (found === 1) return cut;
  throw new ReconError('build-failed', `of Node's type stripper there should be one, and there are ${found}`, {
    hint: 'the version of Node has changed: look whether cut-type-stripper.ts is still needed',
  });
}

function isBase64(byte: number): boolean {
  const isLetter = (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
  return isLetter || (byte >= 47 && byte <= 57) || byte === 43 || byte === 61;
}
