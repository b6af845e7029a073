import { LIMITS, Progress } from '../../domain/api.ts';
import { ReconError } from '../../domain/errors.ts';
import { isLater, POOL_STAGES } from '../../domain/stages.ts';
import { wholeBody } from '../http/incoming-body.ts';

/**
 * Reads what a peer says it is at. Only stages that a peer itself can know are taken.
 * @throws ReconError `body-malformed`, `body-too-large`
 */
export async function readProgress(chunks: AsyncIterable<Uint8Array>): Promise<Progress> {
  const body = await wholeBody(LIMITS.progressBytes, chunks);
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new ReconError('body-malformed', 'the progress report is not JSON', { cause });
  }
  const parsed = Progress.safeParse(value);
  if (!parsed.success) throw new ReconError('body-malformed', `not a progress report: ${parsed.error.issues[0]?.message ?? ''}`);
  const { stage } = parsed.data;
  if (stage === 'receipt' || stage === 'own-disk' || POOL_STAGES.includes(stage) || !isLater(stage, 'initrd'))
    throw new ReconError('body-malformed', `a peer does not report the stage ${stage}`);
  return parsed.data;
}
