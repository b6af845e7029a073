import { messageOf } from '../../../domain/values/message-of.ts';
import type { Log } from '../../../platform/log.ts';
import { buildFromRecipe } from '../../image/build/from-recipe.ts';
import { storedImages } from '../../image/store/stored-images.ts';
import type { HeadMachine } from '../machine/head-machine.ts';
import { HEAD_USER } from '../text/places.ts';
import { type Done, doneOf } from './install-step.ts';

/** What the first pool offers. */
const IMAGES = ['failsafe', 'compute-debian-13'] as const;

export interface BuildOptions {
  repository: string;
  environment: Readonly<Record<string, string | undefined>>;
  log: Log;
  signal: AbortSignal;
}

/** Images that are not there yet; the small one first. A head without them serves all the same, so a build that fails is told and ends nothing. */
export async function buildImages(machine: HeadMachine, options: BuildOptions & { images: string }): Promise<Done> {
  const { images: there } = await storedImages(options.images);
  const missing = IMAGES.filter((name) => !there.some((image) => image.name === name));
  const done: string[] = [];
  for (const name of missing) {
    try {
      const { version } = await buildFromRecipe({ ...options, name, isFast: false, isEmbedded: false });
      done.push(`built ${name}@${version}`);
    } catch (error) {
      if (options.signal.aborted) throw error;
      options.log.warn(`${name} could not be built: ${messageOf(error)}`);
      done.push(`no ${name} yet (recon image build ${name})`);
    }
  }
  // the service takes versions away when it is told to
  if (done.length > 0) await machine.run(['chown', `${HEAD_USER}:${HEAD_USER}`, options.images]);
  return doneOf(done, 'all there');
}
