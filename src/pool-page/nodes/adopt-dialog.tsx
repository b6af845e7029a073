import { useState } from 'preact/hooks';
import type { NewMachine } from '../../domain/pool/api-views.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { ChangeDialog } from '../change/change-dialog.tsx';
import type { PoolOrder } from '../live/ask-head.ts';
import type { KnownPool } from '../live/known.ts';
import type { PoolActions } from '../live/state.ts';
import { defaultNames } from '../words/default-names.ts';
import { productText } from '../words/node-words.ts';

/** Makes nodes of machines: one by the name that is typed, several by names that go on from it. */
export function AdoptDialog(props: { known: KnownPool; machines: readonly NewMachine[]; actions: PoolActions; onClose: () => void }) {
  const { known, actions, onClose } = props;
  const machines = inOrder(props.machines);
  const taken = known.nodes.map(({ name }) => name);
  const [first, setFirst] = useState(defaultNames(taken, 1)[0] ?? '');
  const names = machines.length === 1 ? [first] : defaultNames(taken, machines.length, first);
  const [machine] = machines;
  const isOne = machines.length === 1;
  return (
    <ChangeDialog
      {...{ id: 'adopt', confirm: 'Adopt', actions, onClose }}
      title={isOne ? `Adopt ${productText(machine) || machine?.mac}` : `Adopt ${machines.length} machines`}
      explain={
        isOne
          ? 'It becomes a node of the pool, known by this card.'
          : 'They become nodes, in the order of their switch ports, then of their addresses.'
      }
      order={() => orderOf(machines, names, known.revision)}
    >
      <NameField label={isOne ? 'Name' : 'Name of the first'} value={first} type={setFirst} />
      {!isOne && <Preview machines={machines} names={names} />}
    </ChangeDialog>
  );
}

function orderOf(machines: readonly NewMachine[], names: readonly string[], revision: number): PoolOrder {
  const [machine] = machines;
  if (machines.length === 1) return { method: 'POST', path: '/nodes/adopt', body: { mac: machine?.mac, name: names[0] }, revision };
  const nodes = machines.map(({ mac, serial, uuid }, at) => ({ name: names[at], macs: [mac], ...definedOnly({ serial, uuid }) }));
  return { method: 'POST', path: '/nodes/import', body: { nodes }, revision };
}

/** As they stand in the rack, where that is known. */
function inOrder(machines: readonly NewMachine[]): NewMachine[] {
  const key = ({ switch: switchName = '~', port = '', mac }: NewMachine): string =>
    `${switchName}\n${port.replaceAll(/\d+/g, (digits) => digits.padStart(9, '0'))}\n${mac}`;
  return [...machines].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function NameField({ label, value, type }: { label: string; value: string; type: (text: string) => void }) {
  return (
    <label>
      <span>{label}</span>
      <input
        value={value}
        onInput={(event) => type(event.currentTarget.value)}
        pattern="[a-z0-9]([a-z0-9\-]{0,61}[a-z0-9])?"
        title="small letters, digits and hyphens, 63 at most"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        required
        aria-describedby="adopt-fault"
      />
    </label>
  );
}

function Preview({ machines, names }: { machines: readonly NewMachine[]; names: readonly string[] }) {
  return (
    <ul class="preview">
      {machines.slice(0, 5).map(({ mac, switch: switchName, port }, at) => (
        <li key={mac}>
          <strong>{names[at]}</strong> <code>{mac}</code>
          {switchName !== undefined && ` ${switchName} port ${port ?? '?'}`}
        </li>
      ))}
      {machines.length > 5 && (
        <li>
          … to <strong>{names.at(-1)}</strong>
        </li>
      )}
    </ul>
  );
}
