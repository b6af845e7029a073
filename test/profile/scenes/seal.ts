import { appFixture } from '../../master/app-fixture.ts';
import { fleetUploads, takeIn } from './fleet-uploads.ts';
import type { Scene } from './scene.ts';

const MACHINES = 200;

/** The tarball of a visit. */
export async function seal(): Promise<Scene> {
  const fixture = await appFixture();
  for (const upload of fleetUploads(MACHINES)) await takeIn(fixture.deps.store, upload);
  return {
    title: `seal: the tarball of ${MACHINES} machines`,
    run: async () => void (await fixture.seal()),
    [Symbol.asyncDispose]: () => fixture[Symbol.asyncDispose](),
  };
}
