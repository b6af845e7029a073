import type { useAnswer } from '../live/use-answer.ts';

/** In the place of an answer: why there is none, or that it is still to come. An old answer may stand beside a fault. */
export function AskedLine({ answer, fault }: ReturnType<typeof useAnswer>) {
  if (fault !== '')
    return (
      <p class="notice warn" role="alert">
        {fault}
      </p>
    );
  return answer === undefined ? <p class="waiting">Asking the head …</p> : null;
}
