import { useEffect, useState } from 'preact/hooks';
import { askHead, refusalText } from './ask-head.ts';

/** What the head answers at a path, asked again when `sign` changes. The old answer stays until the new one is there. */
export function useAnswer<Answer>(path: string, sign: string | number): { answer: Answer | undefined; fault: string } {
  const [asked, setAsked] = useState<{ path: string; answer?: Answer; fault: string }>({ path, fault: '' });
  useEffect(() => {
    let isOver = false;
    askHead<Answer>(path).then(
      (answer) => {
        if (!isOver) setAsked({ path, answer, fault: '' });
      },
      (error: unknown) => {
        if (!isOver) setAsked((before) => ({ ...before, path, fault: refusalText(error) }));
      },
    );
    return () => {
      isOver = true;
    };
  }, [path, sign]);
  return asked.path === path ? { answer: asked.answer, fault: asked.fault } : { answer: undefined, fault: '' };
}
