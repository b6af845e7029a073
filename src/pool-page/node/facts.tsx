import type { NodeView } from '../../domain/pool/api-views.ts';
import { SLOW_LINK_SECONDS } from '../../domain/pool/signs-of-life.ts';
import { agoText, binaryBytes } from '../../web/parts/numbers.ts';
import { productText, stageText } from '../words/node-words.ts';

/** A root that is fuller is soon full: what a node writes is RAM. */
const FULL_PERCENT = 80;

/** What is written of a node, and what it said of itself. */
export function NodeFacts({ node, headNowMs }: { node: NodeView; headNowMs: number }) {
  const { macs, address, groups, tags, serial, uuid, note, place, seen } = node;
  const { switch: switchName = seen?.switch, port = seen?.port } = node;
  const ago = (at: string | undefined): string | undefined => (at === undefined ? undefined : agoText(Date.parse(at), headNowMs));
  const bytes = (amount: number | undefined): string | undefined => (amount === undefined ? undefined : binaryBytes(amount));
  return (
    <section aria-labelledby="facts-title">
      <h3 id="facts-title">The node</h3>
      <dl class="facts">
        <Fact name="MAC addresses" text={macs.join(', ')} isCode />
        <Fact name="Address" text={address ?? seen?.address} isCode />
        <Fact name="Groups" text={groups?.join(', ')} />
        <Fact name="Tags" text={tags?.join(', ')} />
        <Fact name="Note" text={note} />
        <Fact name="Written in" text={place} isCode />
        <Fact name="Product" text={productText(seen) || undefined} />
        <Fact name="Serial number" text={seen?.serial ?? serial} />
        <Fact name="UUID" text={seen?.uuid ?? uuid} isCode />
        <Fact name="Memory" text={bytes(seen?.memoryBytes)} />
        <Fact name="Firmware" text={[seen?.firmware, seen?.architecture].filter((part) => part !== undefined).join(', ') || undefined} />
        <Fact name="Switch port" text={switchName === undefined ? undefined : `${switchName} port ${port ?? '?'}`} />
        <Fact name="Asked for a script" text={ago(seen?.askedAt)} />
        <Fact name="Stage" text={stageText(seen?.stage)} />
        <Fact name="Up" text={ago(seen?.runsSince)} />
        <Fact name="Last sign of life" text={ago(seen?.aliveAt)} />
        <Fact name="Kernel" text={seen?.kernelRelease} isCode />
        <Fact name="Memory free" text={bytes(seen?.memAvailableBytes)} />
        <Fact name="Root filled" text={seen?.rootUsedPercent === undefined ? undefined : `${Math.round(seen.rootUsedPercent)} %`} />
      </dl>
      {seen?.linkSeconds !== undefined && seen.linkSeconds >= SLOW_LINK_SECONDS && (
        <p class="notice warn">
          <strong>Its link took {seen.linkSeconds} s to come up.</strong> The port of the switch waits for spanning tree: set it to
          portfast, or edge.
        </p>
      )}
      {seen?.rootUsedPercent !== undefined && seen.rootUsedPercent >= FULL_PERCENT && (
        <p class="notice warn">
          <strong>Its root is {Math.round(seen.rootUsedPercent)} % full.</strong> What it writes is RAM: look for logs that grow, or let
          what must last lie on a server (persist, in its profile).
        </p>
      )}
    </section>
  );
}

function Fact({ name, text, isCode = false }: { name: string; text: string | undefined; isCode?: boolean }) {
  if (text === undefined || text === '') return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{isCode ? <code>{text}</code> : text}</dd>
    </div>
  );
}
