import type { ChangeReport } from '../../domain/pool/api-views.ts';
import { Dialog, Fault } from '../../web/parts/dialog.tsx';
import { DiffLines } from './diff-lines.tsx';
import type { ChangeEntry } from './use-change.ts';

/** Both sides of a change that somebody else was faster with. What was typed stays, whichever way it is closed. */
export function ConflictDialog({ entry, onDone }: { entry: ChangeEntry; onDone: (report: ChangeReport) => void }) {
  const { conflict } = entry;
  if (conflict === undefined) return null;
  return (
    <Dialog
      id="conflict"
      title="Somebody else was faster"
      explain="Nothing of yours was written yet."
      onSubmit={async ({ close }) => {
        const report = await entry.repeat();
        if (report === undefined) return;
        close();
        onDone(report);
      }}
      onClose={entry.yield}
    >
      {({ close }) => (
        <>
          <h3>What they did</h3>
          <ul class="meanwhile">
            {conflict.meanwhile.map(({ revision, by, what }) => (
              <li key={revision}>
                Revision {revision}, <strong>{by}</strong>: {what}
              </li>
            ))}
          </ul>
          <h3>What yours would change now</h3>
          {conflict.yours.length === 0 && <p>Nothing: it is so already.</p>}
          {conflict.yours.map(({ path, lines }) => (
            <DiffLines key={path} path={path} lines={lines} />
          ))}
          <Fault id="conflict-fault" text={entry.fault} />
          <p class="buttons">
            <button type="submit" class="action" aria-disabled={entry.isBusy}>
              {entry.isBusy ? 'Working …' : 'Make mine all the same'}
            </button>
            <button type="button" onClick={close}>
              Leave it as it is
            </button>
          </p>
        </>
      )}
    </Dialog>
  );
}
