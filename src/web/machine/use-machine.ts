import { useEffect, useRef, useState } from 'preact/hooks';
import type { NodeSummary } from '../../domain/api.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import type { NodePage } from '../../domain/web-api.ts';
import { askForMachine } from '../live/ask-master.ts';

/** A machine that loads its image changes every second; its page need not follow that fast. */
const EVERY_MS = 2000;

/** The details of a machine, asked for again when its row has changed. */
export function useMachine(
  mac: string,
  listed: NodeSummary | undefined,
  isLost: boolean,
): { page: NodePage | undefined; fault: string | undefined } {
  const [answer, setAnswer] = useState<{ page: NodePage | undefined; fault: string | undefined }>({ page: undefined, fault: undefined });
  const askedMs = useRef(Number.NEGATIVE_INFINITY);
  const sign = JSON.stringify(listed);
  useEffect(() => {
    if (isLost) return;
    let isWanted = true;
    const ask = (): void => {
      askedMs.current = performance.now();
      askForMachine(mac).then(
        (page) => isWanted && setAnswer({ page, fault: undefined }),
        (error: unknown) => isWanted && setAnswer(({ page }) => ({ page, fault: messageOf(error) })),
      );
    };
    const timer = setTimeout(ask, Math.max(0, askedMs.current + EVERY_MS - performance.now()));
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [mac, sign, isLost]);
  return answer;
}
