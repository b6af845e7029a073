import { useState } from 'preact/hooks';
import type { NewMachine } from '../../domain/pool/api-views.ts';
import { ChangeDialog } from '../change/change-dialog.tsx';
import { OptionField } from '../change/option-field.tsx';
import type { KnownPool } from '../live/known.ts';
import type { PoolActions } from '../live/state.ts';

/** Says that a node has another card now; of several cards, which one it was. */
export function ReplaceDialog(props: { known: KnownPool; machine: NewMachine; actions: PoolActions; onClose: () => void }) {
  const { known, machine, actions, onClose } = props;
  const name = machine.looksLike ?? '';
  const macs = known.nodes.find((node) => node.name === name)?.macs ?? [];
  const [old, setOld] = useState(macs[0] ?? '');
  return (
    <ChangeDialog
      {...{ id: 'replace', title: `${name} has another card`, actions, onClose }}
      explain={`${machine.mac} becomes a card of ${name}. The old one stays known as the last, until its lease is over.`}
      confirm="Replace the card"
      order={() => ({
        ...{ method: 'POST', path: `/nodes/${name}/replace-nic`, body: { old, new: machine.mac }, revision: known.revision },
      })}
    >
      {macs.length > 1 && (
        <OptionField label="It was" value={old} options={macs.map((mac) => ({ value: mac, text: mac }))} choose={setOld} />
      )}
      {macs.length === 1 && (
        <p>
          It was <code>{old}</code>.
        </p>
      )}
    </ChangeDialog>
  );
}
