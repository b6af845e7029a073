/** Runs `work` when asked, one at a time and with pauses: a room of machines that comes up tells of itself a hundred times. */
export function inTurn(work: () => Promise<void>, { pauseMs }: { pauseMs: number }): () => void {
  let isBusy = false;
  let isWanted = false;
  const run = async (): Promise<void> => {
    isWanted = false;
    isBusy = true;
    // what fails is told by the link, which asks again
    await work().catch(() => {});
    setTimeout(() => {
      isBusy = false;
      if (isWanted) void run();
    }, pauseMs);
  };
  return () => {
    isWanted = true;
    if (!isBusy) void run();
  };
}
