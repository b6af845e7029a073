/** Takes a sentence about how far long work is. */
export type OnProgress = (sentence: string) => void;

/** Turns a count of bytes into a sentence for each hundredth of a file. */
export function progressSteps(path: string, totalBytes: number, onProgress: OnProgress): (readBytes: number) => void {
  let told = 0;
  return (readBytes) => {
    const hundredth = Math.floor((readBytes * 100) / totalBytes);
    if (hundredth <= told || hundredth >= 100) return;
    told = hundredth;
    onProgress(`${path}: ${hundredth} % read`);
  };
}
