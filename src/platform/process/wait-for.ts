/**
 * Asks again and again until there is an answer, at most `timeoutMs`; undefined when there was none. The pause is a limit on
 * how often we ask, never something that a result depends on.
 */
export async function waitFor<T>(
  ask: () => Promise<T | undefined> | T | undefined,
  limits: { timeoutMs: number; pauseMs: number },
): Promise<T | undefined> {
  const end = performance.now() + limits.timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() >= end) return undefined;
    await pause(limits.pauseMs);
  }
}

export function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}
