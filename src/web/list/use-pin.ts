import { useState } from 'preact/hooks';
import type { ControlAction } from '../../domain/page-paths.ts';
import { sendCommand } from '../live/ask-master.ts';
import { doneWords } from '../words/control-words.ts';

/** Kept until the page is closed or the PIN turns out to be wrong: nobody walks to the screen twice. */
let knownPin = '';

/** What a person types, and how it goes. */
export interface PinEntry {
  pin: string;
  /** the master's answer when it did not do it; empty otherwise */
  fault: string;
  isBusy: boolean;
  type(text: string): void;
  /** gives what is said when it was done; undefined when it was not, or is under way already */
  send(): Promise<string | undefined>;
}

/** Sends what was wished with the PIN; only one answer is waited for. */
export function usePin(action: ControlAction): PinEntry {
  const [pin, setPin] = useState(knownPin);
  const [fault, setFault] = useState('');
  const [isBusy, setBusy] = useState(false);
  const send = async (): Promise<string | undefined> => {
    if (isBusy) return undefined;
    setBusy(true);
    setFault('');
    const answer = await sendCommand(action, pin.replaceAll(/\s/g, ''));
    setBusy(false);
    if (answer.ok) {
      knownPin = pin;
      return doneWords(action, answer.tarball);
    }
    if (answer.code === 'pin-wrong') {
      knownPin = '';
      setPin('');
    }
    setFault(answer.message);
    return undefined;
  };
  return { pin, fault, isBusy, type: setPin, send };
}
