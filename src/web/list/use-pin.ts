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
  send(): Promise<void>;
}

/** Sends what was wished with the PIN. One of the two is called when the answer is there, and only one answer is waited for. */
export function usePin(action: ControlAction, answered: { onDone: (sentence: string) => void; onFault: () => void }): PinEntry {
  const [pin, setPin] = useState(knownPin);
  const [fault, setFault] = useState('');
  const [isBusy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setFault('');
    const answer = await sendCommand(action, pin.replaceAll(/\s/g, ''));
    setBusy(false);
    if (answer.ok) {
      knownPin = pin;
      answered.onDone(doneWords(action, answer.tarball));
      return;
    }
    if (answer.code === 'pin-wrong') {
      knownPin = '';
      setPin('');
    }
    setFault(answer.message);
    answered.onFault();
  };
  return { pin, fault, isBusy, type: setPin, send };
}
