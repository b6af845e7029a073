import { useState } from 'preact/hooks';
import type { TokenView } from '../../domain/pool/api-views.ts';
import type { PoolRole } from '../../domain/pool/person.ts';
import { AskDialog } from '../change/ask-dialog.tsx';
import { TextField } from '../change/text-field.tsx';
import { Refusal, sendHead } from '../live/ask-head.ts';
import { RightsFields, rightsBody, type TypedRights } from './rights-fields.tsx';

/** A token of the one who asks; `onMade` is given its secret, which nobody can ask for again. */
export function TokenDialog({ most, onMade, onClose }: { most: PoolRole; onMade: (secret: string) => void; onClose: () => void }) {
  const [name, setName] = useState('');
  const [days, setDays] = useState('90');
  const [rights, setRights] = useState<TypedRights>({ role: 'viewer', groups: '' });
  return (
    <AskDialog
      id="token"
      title="New token"
      explain="For a program of yours. It may never more than you may, and goes when you go."
      confirm="Make it"
      send={async () => {
        const body = { name: name.trim(), ...rightsBody(rights), ...daysBody(days) };
        onMade((await sendHead<{ token: TokenView; secret: string }>('POST', '/own/tokens', body)).secret);
      }}
      onClose={onClose}
    >
      <TextField label="Name" hint="what it is for" value={name} type={setName} />
      <RightsFields rights={rights} type={setRights} most={most} />
      <TextField label="Days" hint="until it is over; empty: never" value={days} type={setDays} />
    </AskDialog>
  );
}

function daysBody(typed: string): { days?: number } {
  if (typed.trim() === '') return {};
  const days = Number(typed);
  if (!Number.isInteger(days)) throw new Refusal('usage', 'days: a whole number');
  return { days };
}
