import { useState } from 'preact/hooks';
import type { ImportPreview, VisitReading } from '../../domain/pool/api-views.ts';
import { counted } from '../../domain/values/counted.ts';
import { refusalText, sendHead, sendTarball } from '../live/ask-head.ts';
import { listOfNodes } from './visit-list.ts';

/** A list that is typed, pasted, or read from a file, and what the head says that it would do. */
export interface TypedList {
  csv: string;
  /** of the very text that stands there; undefined: it was not looked at */
  preview: ImportPreview | undefined;
  /** whether the preview may be taken */
  isGood: boolean;
  isBusy: boolean;
  fault: string;
  /** what was read of a visit, in words */
  said: string;
  type(csv: string): void;
  look(csv?: string): Promise<void>;
  read(file: File): Promise<void>;
}

export function useTypedList(): TypedList {
  const [csv, setCsv] = useState('');
  const [looked, setLooked] = useState<{ csv: string; preview: ImportPreview } | undefined>();
  const [state, setState] = useState({ isBusy: false, fault: '', said: '' });
  const preview = looked?.csv === csv ? looked.preview : undefined;
  const attempt = async (work: () => Promise<string>): Promise<void> => {
    setState({ isBusy: true, fault: '', said: '' });
    try {
      const said = await work();
      setState({ isBusy: false, fault: '', said });
    } catch (error) {
      setState({ isBusy: false, fault: refusalText(error), said: '' });
    }
  };
  const ask = async (text: string): Promise<void> =>
    setLooked({ csv: text, preview: await sendHead<ImportPreview>('POST', '/nodes/import/preview', { csv: text }) });
  return {
    ...{ csv, preview, ...state, type: setCsv },
    isGood:
      preview !== undefined &&
      preview.mistakes.length === 0 &&
      preview.lines.every(({ outcome }) => outcome !== 'refused') &&
      preview.lines.some(({ outcome }) => outcome !== 'same'),
    look: (text = csv) => attempt(() => ask(text).then(() => '')),
    read: (file) =>
      attempt(async () => {
        const visit = (await isPacked(file)) ? await sendTarball<VisitReading>('/nodes/import/visit', file) : undefined;
        const text = visit === undefined ? textOf(await file.arrayBuffer()) : listOfNodes(visit.nodes);
        setCsv(text);
        if (visit?.nodes.length !== 0) await ask(text);
        return visit === undefined ? '' : visitText(visit);
      }),
  };
}

function visitText({ site, createdAt, nodes, known, faults }: VisitReading): string {
  const there =
    known.length === 0 ? '' : ` ${counted(known.length, 'machine')} of it ${known.length === 1 ? 'is a node' : 'are nodes'} already.`;
  const damage = faults.length === 0 ? '' : ` It is damaged: ${faults[0]}`;
  return `The visit of ${site}, ${createdAt.slice(0, 10)}: ${counted(nodes.length, 'machine')} that may become nodes. Names may be changed.${there}${damage}`;
}

/** By its first bytes: what a file is called may be anything (RFC 1952, 2.3.1). */
async function isPacked(file: File): Promise<boolean> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return first === 0x1f && second === 0x8b;
}

/** Spreadsheets save in UTF-8, or in the old code page of Windows, in which every byte is a letter. */
function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
