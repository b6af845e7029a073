import { STEP_WORDS } from '../../domain/step-words.ts';
import type { TimelineStep } from '../../domain/timeline.ts';
import { clock, decimalBytes, span } from '../words/numbers.ts';
import { ScrollBox } from './scroll-box.tsx';

/** Every step that the master saw, with how long it took, how much was loaded, and how fast. */
export function Timeline({ steps }: { steps: readonly TimelineStep[] }) {
  if (steps.length === 0) return null;
  return (
    <section aria-labelledby="timeline-title">
      <h3 id="timeline-title">Timeline</h3>
      <ScrollBox label="Timeline, step by step">
        <table class="timeline" aria-label="Timeline">
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Step</th>
              <th scope="col">After</th>
              <th scope="col">Loaded</th>
              <th scope="col">Rate</th>
              <th scope="col">Detail</th>
            </tr>
          </thead>
          <tbody>
            {steps.map((step, at) => (
              <tr key={`${step.at} ${step.stage}`}>
                <td>
                  <time dateTime={step.at}>{clock(step.at)}</time>
                </td>
                <th scope="row">
                  {STEP_WORDS[step.stage] ?? step.stage}
                  {step.times > 1 && step.bytes === undefined && <span class="times"> ×{step.times}</span>}
                </th>
                <td>{afterText(step, steps[at - 1])}</td>
                <td>{loadedText(step)}</td>
                <td>{step.bytesPerSecond === undefined ? '' : `${decimalBytes(step.bytesPerSecond)}/s`}</td>
                <td>{detailText(step)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}

function afterText(step: TimelineStep, before: TimelineStep | undefined): string {
  if (before === undefined) return '';
  const seconds = (Date.parse(step.at) - Date.parse(before.at)) / 1000;
  return seconds < 0.05 ? '' : `+${span(seconds)}`;
}

function loadedText({ bytes, totalBytes }: TimelineStep): string {
  if (bytes === undefined) return '';
  if (totalBytes === undefined || totalBytes === bytes) return decimalBytes(bytes);
  return `${decimalBytes(bytes)} of ${decimalBytes(totalBytes)}`;
}

function detailText({ detail, address, interface: name, stage }: TimelineStep): string {
  const parts = [detail, stage === 'ack' ? address : undefined, name === undefined ? undefined : `on ${name}`];
  return parts.filter((part) => part !== undefined).join(', ');
}
