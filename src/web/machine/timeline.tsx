import { STAGE_WORDS } from '../../domain/stage-words.ts';
import type { TimelineEntry } from '../../domain/timeline.ts';
import { clock, decimalBytes, span } from '../parts/numbers.ts';
import { ScrollBox } from '../parts/scroll-box.tsx';

/** Every stage that the master saw, with how long it took, how much was loaded, and how fast. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  if (entries.length === 0) return null;
  return (
    <section aria-labelledby="timeline-title">
      <h3 id="timeline-title">Timeline</h3>
      <ScrollBox label="Timeline, stage by stage">
        <table class="timeline" aria-label="Timeline">
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Stage</th>
              <th scope="col">After</th>
              <th scope="col">Loaded</th>
              <th scope="col">Rate</th>
              <th scope="col">Detail</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry, at) => (
              <tr key={`${entry.at} ${entry.stage}`}>
                <td>
                  <time dateTime={entry.at}>{clock(entry.at)}</time>
                </td>
                <th scope="row">
                  {STAGE_WORDS[entry.stage] ?? entry.stage}
                  {entry.times > 1 && entry.bytes === undefined && <span class="times"> ×{entry.times}</span>}
                </th>
                <td>{afterText(entry, entries[at - 1])}</td>
                <td>{loadedText(entry)}</td>
                <td>{entry.bytesPerSecond === undefined ? '' : `${decimalBytes(entry.bytesPerSecond)}/s`}</td>
                <td>{detailText(entry)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}

function afterText(entry: TimelineEntry, before: TimelineEntry | undefined): string {
  if (before === undefined) return '';
  const seconds = (Date.parse(entry.at) - Date.parse(before.at)) / 1000;
  return seconds < 0.05 ? '' : `+${span(seconds)}`;
}

function loadedText({ bytes, totalBytes }: TimelineEntry): string {
  if (bytes === undefined) return '';
  if (totalBytes === undefined || totalBytes === bytes) return decimalBytes(bytes);
  return `${decimalBytes(bytes)} of ${decimalBytes(totalBytes)}`;
}

function detailText({ detail, address, interface: name, stage }: TimelineEntry): string {
  const parts = [detail, stage === 'ack' ? address : undefined, name === undefined ? undefined : `on ${name}`];
  return parts.filter((part) => part !== undefined).join(', ');
}
