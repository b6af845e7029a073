import { useState } from 'preact/hooks';
import { binaryBytes, decimalBytes } from '../../web/parts/numbers.ts';
import { AskDialog } from '../change/ask-dialog.tsx';
import { sendHead } from '../live/ask-head.ts';
import type { ViewProps } from '../live/view-props.ts';
import { moment } from '../words/moment.ts';
import { NodeCount } from '../words/node-count.tsx';
import { ViewTitle } from '../words/view-title.tsx';
import { type ImageUses, imageUses } from './image-uses.ts';

const MIB = 1024 * 1024;

/** Images with their versions, sizes, and who uses them. */
export function ImagesPage({ known, actions, rights }: ViewProps) {
  const uses = imageUses(known);
  const [asked, setAsked] = useState<string | undefined>();
  return (
    <section aria-labelledby="view-title">
      <ViewTitle text="Images" />
      {uses.length === 0 ? (
        <p class="waiting">
          There is no image on this head yet. On the head, <code>recon image build compute-debian-13</code> makes one.
        </p>
      ) : (
        <table class="rows">
          <caption class="unseen">Images by name, the newest version first</caption>
          <thead>
            <tr>
              <th scope="col">Image</th>
              <th scope="col">Used by</th>
              <th scope="col" class="wide">
                Size
              </th>
              <th scope="col" class="wide">
                Built
              </th>
              <th scope="col" class="wide">
                Kernel
              </th>
              {rights.mayEdit && (
                <td>
                  <span class="unseen">Delete</span>
                </td>
              )}
            </tr>
          </thead>
          <tbody>
            {uses.map((one) => (
              <ImageLine key={imageText(one.image)} uses={one} ask={rights.mayEdit ? () => setAsked(imageText(one.image)) : undefined} />
            ))}
          </tbody>
        </table>
      )}
      {asked !== undefined && (
        <AskDialog
          {...{ id: 'remove', title: `Delete ${asked}`, confirm: 'Delete it', onClose: () => setAsked(undefined) }}
          explain="Its files go from this head, and history does not bring them back. While something runs it, boots it or would boot it, it stays."
          send={async () => {
            await sendHead('DELETE', `/images/${asked.replace('@', '/')}`);
            actions.say(`Done: ${asked} is taken away.`);
            await actions.refresh().catch(() => {});
          }}
        />
      )}
    </section>
  );
}

function ImageLine({ uses: { image, running, next }, ask }: { uses: ImageUses; ask: (() => void) | undefined }) {
  const { kind, sizeBytes, builtAt, usedBy = [] } = image;
  const [size, built] = [sizeBytes === undefined ? '—' : decimalBytes(sizeBytes), builtAt === undefined ? '—' : moment(builtAt)];
  const { minimumMemoryMiB: least, kernelRelease: kernel } = image;
  return (
    <tr>
      <th scope="row">
        <strong>{imageText(image)}</strong>
        <span class="sub">
          {kind !== undefined && <span>{kind}</span>}
          {typeof least === 'number' && <span>needs {binaryBytes(least * MIB)} of memory</span>}
        </span>
        <span class="sub narrow">
          <span>{size}</span>
          <span>{built}</span>
        </span>
      </th>
      <td>
        {usedBy.length === 0 && running.length === 0 && next.length === 0 && <span class="hint">nobody</span>}
        {usedBy.length > 0 && <span>{usedBy.join(', ')}</span>}
        <span class="sub">
          <NodeCount names={running} one="runs it" many="run it" />
          <NodeCount names={next} one="boots it next" many="boot it next" />
        </span>
      </td>
      <td class="wide seen">{size}</td>
      <td class="wide seen">{built}</td>
      <td class="wide">
        <code>{typeof kernel === 'string' ? kernel : '—'}</code>
      </td>
      {ask !== undefined && (
        <td>
          <span class="line-buttons">
            <button type="button" class="danger" aria-label={`Delete ${imageText(image)}`} onClick={ask}>
              Delete …
            </button>
          </span>
        </td>
      )}
    </tr>
  );
}

function imageText({ name, version }: { name: string; version: number }): string {
  return `${name}@${version}`;
}
