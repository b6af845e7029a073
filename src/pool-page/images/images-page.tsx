import { binaryBytes, decimalBytes } from '../../web/parts/numbers.ts';
import type { ViewProps } from '../live/view-props.ts';
import { moment } from '../words/moment.ts';
import { NodeCount } from '../words/node-count.tsx';
import { ViewTitle } from '../words/view-title.tsx';
import { type ImageUses, imageUses } from './image-uses.ts';

const MIB = 1024 * 1024;

/** Images with their versions, sizes, and who uses them. */
export function ImagesPage({ known }: ViewProps) {
  const uses = imageUses(known);
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
            </tr>
          </thead>
          <tbody>
            {uses.map((one) => (
              <ImageLine key={`${one.image.name}@${one.image.version}`} uses={one} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function ImageLine({ uses: { image, running, next } }: { uses: ImageUses }) {
  const { name, version, kind, sizeBytes, builtAt, usedBy = [] } = image;
  const [size, built] = [sizeBytes === undefined ? '—' : decimalBytes(sizeBytes), builtAt === undefined ? '—' : moment(builtAt)];
  const { minimumMemoryMiB: least, kernelRelease: kernel } = image;
  return (
    <tr>
      <th scope="row">
        <strong>
          {name}@{version}
        </strong>
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
    </tr>
  );
}
