/** Takes a sentence about how far long work is. */
export type OnProgress = (sentence: string) => void;

/** Below this a read is done before anybody has read the sentence. */
const QUIET_BELOW_BYTES = 256 * 1024 ** 2;

/** Turns a count of bytes into a sentence for each tenth of a large file. */
export function progressSteps(path: string, totalBytes: number, onProgress: OnProgress): (readBytes: number) => void {
  let told = 0;
  return (readBytes) => {
    const tenth = Math.floor((readBytes * 10) / totalBytes);
    if (totalBytes < QUIET_BELOW_BYTES || tenth <= told || tenth >= 10) return;
    told = tenth;
    onProgress(`${path}: ${tenth * 10} % read`);
  };
}
