import { useState } from 'preact/hooks';
import type { ChangeReport } from '../../domain/pool/api-views.ts';
import { Fault } from '../../web/parts/dialog.tsx';
import { ConflictDialog } from '../change/conflict-dialog.tsx';
import { OptionField } from '../change/option-field.tsx';
import { useChange } from '../change/use-change.ts';
import type { KnownPool } from '../live/known.ts';
import { type NodeSelection, revisionFor } from '../live/selection.ts';
import type { PoolActions } from '../live/state.ts';
import { profileOptions, versionOptions } from '../words/boot-options.ts';
import { nodesText } from '../words/node-words.ts';

/** Says what the chosen nodes boot. It stands at the lower edge while something is chosen. */
export function AssignBar(props: {
  known: KnownPool;
  selection: NodeSelection;
  actions: PoolActions;
  /** it was done, or given up */
  onOver: (names: readonly string[]) => void;
  /** without it there is nothing to give up */
  mayGiveUp: boolean;
  /** asks for their groups; missing: nobody may */
  askGroups?: () => void;
}) {
  const { known, selection, actions, onOver, mayGiveUp, askGroups } = props;
  const profiles = profileOptions(known.profiles);
  const [picked, setPicked] = useState<string | undefined>();
  const [version, setVersion] = useState('');
  const [isOnce, setOnce] = useState(false);
  const names = [...selection.chosen.keys()];
  // nothing is chosen for anybody: the first of the list may be an installer
  const profile = picked ?? '';
  const versions = versionOptions(profile, known.profiles[profile], known.images);
  const entry = useChange(actions, ({ what }) => `Done: ${what}.`);
  const order = async (body: object): Promise<void> => {
    const revision = revisionFor(selection, known.nodes, known.revision);
    done(await entry.send({ method: 'POST', path: '/assignments', body: { names, ...body }, revision }));
  };
  const done = (report: ChangeReport | undefined): void => {
    // nodes that were chosen meanwhile stay chosen
    if (report !== undefined) onOver(report.nodes ?? names);
  };
  const boot = `${profile}${versions.some(({ value }) => value === version) ? version : ''}`;
  return (
    <>
      <form
        class="assign"
        aria-label="What the chosen nodes boot"
        onSubmit={(event) => {
          event.preventDefault();
          void order({ boot, ...(isOnce ? { once: true } : {}) });
        }}
      >
        <strong aria-live="polite">{nodesText(names)}</strong>
        <OptionField label="Boot" value={profile} options={[NOT_CHOSEN, ...profiles]} choose={setPicked} isNeeded />
        {versions.length > 0 && <OptionField label="Version" value={version} options={versions} choose={setVersion} />}
        <label class="once">
          <input type="checkbox" checked={isOnce} onInput={(event) => setOnce(event.currentTarget.checked)} /> once, at the next boot
        </label>
        <AssignButtons
          {...{ isOnce, isBusy: entry.isBusy, askGroups }}
          clear={() => void order(isOnce ? { clear: true, once: true } : { clear: true })}
          giveUp={mayGiveUp ? () => onOver(names) : undefined}
        />
        {entry.conflict === undefined && <Fault id="assign-fault" text={entry.fault} />}
      </form>
      <ConflictDialog entry={entry} onDone={done} />
    </>
  );
}

const NOT_CHOSEN = { value: '', text: 'choose …' };

function AssignButtons(props: {
  isOnce: boolean;
  isBusy: boolean;
  clear: () => void;
  askGroups: (() => void) | undefined;
  giveUp: (() => void) | undefined;
}) {
  const { isOnce, isBusy, clear, askGroups, giveUp } = props;
  return (
    <p class="buttons">
      <button type="submit" class="action" aria-disabled={isBusy}>
        {isBusy ? 'Working …' : 'Assign'}
      </button>
      <button type="button" onClick={clear}>
        {isOnce ? 'Clear the one-shot' : 'Clear'}
      </button>
      {askGroups !== undefined && (
        <button type="button" onClick={askGroups}>
          Groups …
        </button>
      )}
      {giveUp !== undefined && (
        <button type="button" onClick={giveUp}>
          Choose none
        </button>
      )}
    </p>
  );
}
