/** Aborted by SIGCONT, which does nothing to a process that does not know it, or not yet: whoever asks us to hurry ends nobody by it. */
export function onContinue(): AbortSignal {
  const asked = new AbortController();
  process.once('SIGCONT', () => asked.abort());
  return asked.signal;
}
