import { appFixture } from '../../master/app-fixture.ts';
import { fleetUploads, takeIn } from './fleet-uploads.ts';
import type { Scene } from './scene.ts';

const MACHINES = 200;

/** Captures and records of machines that upload in turn, to a medium that keeps nobody waiting. */
export async function intake(): Promise<Scene> {
  const fixture = await appFixture();
  const uploads = [...fleetUploads(MACHINES)];
  return {
    title: `intake: capture and record of ${MACHINES} machines`,
    run: async () => {
      for (const upload of uploads) await takeIn(fixture.deps.store, upload);
    },
    [Symbol.asyncDispose]: () => fixture[Symbol.asyncDispose](),
  };
}
