import { useState } from 'preact/hooks';
import { useAnswer } from '../live/use-answer.ts';

/** A list of the head that nothing tells the page about: asked for at first, and again when the page changed it. */
export function useList<Entry>(path: string): { entries: readonly Entry[]; fault: string; reload: () => void } {
  const [turn, setTurn] = useState(0);
  const { answer, fault } = useAnswer<readonly Entry[]>(path, turn);
  return { entries: answer ?? [], fault, reload: () => setTurn((before) => before + 1) };
}
