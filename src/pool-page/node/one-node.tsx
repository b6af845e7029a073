import { useEffect, useRef, useState } from 'preact/hooks';
import type { NodeView } from '../../domain/pool/api-views.ts';
import { refusalText, sendHead } from '../live/ask-head.ts';
import { stateOf } from '../live/node-rows.ts';
import { nodeHash } from '../live/route.ts';
import { NOTHING_CHOSEN, withAll } from '../live/selection.ts';
import { mayAssignNode, type PoolActions } from '../live/state.ts';
import { useAnswer } from '../live/use-answer.ts';
import type { ViewProps } from '../live/view-props.ts';
import { AssignBar } from '../nodes/assign-bar.tsx';
import { StateBadge } from '../nodes/node-line.tsx';
import { byText, troubleText, wouldRunText } from '../words/node-words.ts';
import { DoneList } from './done-list.tsx';
import { EditDialog } from './edit-dialog.tsx';
import { NodeFacts } from './facts.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { Why } from './why.tsx';

/** All that is known of one node, and why it boots what it boots. */
export function OneNode({ name, ...props }: ViewProps & { name: string }) {
  const { known, headNowMs } = props;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // a screen reader, and the keyboard, go on where the new view begins
    title.current?.focus();
    scrollTo(0, 0);
  }, []);
  const node = known.nodes.find((one) => one.name === name);
  return (
    <article>
      <p class="back">
        <a href="#/">← All nodes</a>
      </p>
      <h2 ref={title} tabIndex={-1}>
        {name} {node !== undefined && <StateBadge state={stateOf(node, headNowMs)} />}
      </h2>
      {node === undefined ? <Missing name={name} sign={known.revision} /> : <NodeParts {...props} node={node} />}
    </article>
  );
}

/** The head knows whether it has another name since. */
function Missing({ name, sign }: { name: string; sign: number }) {
  const { fault } = useAnswer(`/nodes/${name}`, sign);
  const [, later] = /it is called ([a-z0-9-]+)/.exec(fault) ?? [];
  return (
    <p class="waiting">
      {later === undefined ? `There is no node ${name}. Was it taken out?` : `There is no node ${name} any more: `}
      {later !== undefined && <a href={nodeHash(later)}>it is called {later}</a>}
    </p>
  );
}

function NodeParts({ node, known, actions, rights, headNowMs }: ViewProps & { node: NodeView }) {
  const [asked, setAsked] = useState<'edit' | 'rename' | 'remove' | undefined>();
  const selection = useChosenAtFirst(node, known.revision);
  const { seen, assigned, next, once } = node;
  const close = (): void => setAsked(undefined);
  return (
    <>
      <Trouble {...{ node, actions, headNowMs }} mayRelease={rights.mayEdit} />
      <dl class="facts boots">
        <Boot
          name="Runs"
          choice={seen?.runs ?? '—'}
          more={seen?.runs === undefined && seen?.given !== undefined ? `was given ${seen.given}` : ''}
        />
        <Boot name="Assigned" choice={assigned} more={once === undefined ? '' : `and ${once}, once`} />
        <Boot name="Next boot" choice={next.choice} more={[wouldRunText(node), byText(next)].filter(Boolean).join(', ')} />
      </dl>
      {mayAssignNode(rights, node) && (
        <AssignBar {...{ known, actions }} selection={selection.chosen} onOver={selection.renew} mayGiveUp={false} />
      )}
      <Why name={node.name} sign={`${known.revision} ${seen?.askedAt} ${seen?.aliveAt}`} />
      <NodeFacts node={node} headNowMs={headNowMs} />
      {rights.mayEdit && (
        <p class="buttons">
          <button type="button" onClick={() => setAsked('edit')}>
            Edit …
          </button>
          <button type="button" onClick={() => setAsked('rename')}>
            Rename …
          </button>
          <button type="button" class="danger" onClick={() => setAsked('remove')}>
            Take it out …
          </button>
        </p>
      )}
      {rights.mayEdit && <DoneList name={node.name} revision={known.revision} />}
      {asked === 'edit' && <EditDialog {...{ node, known, actions }} onClose={close} />}
      {asked === 'rename' && <RenameDialog {...{ node, known, actions }} onClose={close} />}
      {asked === 'remove' && <RemoveDialog {...{ node, known, actions }} onClose={close} />}
    </>
  );
}

/** The node as it was when the view was opened: whoever else changes it meanwhile is told. */
function useChosenAtFirst(node: NodeView, revision: number) {
  const [first, setFirst] = useState({ node, revision });
  return { chosen: withAll(NOTHING_CHOSEN, [first.node], first.revision), renew: () => setFirst({ node, revision }) };
}

function Boot({ name, choice, more }: { name: string; choice: string; more: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span class="choice-text">{choice}</span> {more !== '' && <span class="hint">{more}</span>}
      </dd>
    </div>
  );
}

function Trouble(props: { node: NodeView; actions: PoolActions; headNowMs: number; mayRelease: boolean }) {
  const { node, actions, headNowMs, mayRelease } = props;
  const [fault, setFault] = useState('');
  const state = stateOf(node, headNowMs);
  const trouble = troubleText(node, state, headNowMs);
  if (trouble === undefined) return null;
  const release = async (): Promise<void> => {
    try {
      await sendHead('POST', `/nodes/${node.name}/release`);
      actions.say(`${node.name} may go on.`);
      setFault('');
    } catch (error) {
      setFault(refusalText(error));
    }
    await actions.refresh().catch(() => {});
  };
  return (
    <div class="notice bad">
      <strong>{trouble.sentence}</strong> <span class="hint">{trouble.hint}</span>
      {mayRelease && (state === 'alarm' || state === 'held') && (
        <p class="buttons">
          <button type="button" class="action" onClick={() => void release()}>
            Let it go on
          </button>
        </p>
      )}
      {fault !== '' && <p role="alert">{fault}</p>}
    </div>
  );
}
