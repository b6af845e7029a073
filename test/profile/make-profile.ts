/**
 * `make profile WHAT=serve|intake|seal|report`: one of these is done once to warm up and once under V8's profiler. Writes a .cpuprofile, which
 * Chromium's tools open (Performance, "Load profile"), and prints the ten functions that took the most time themselves.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { heaviest } from './heaviest.ts';
import { intake } from './scenes/intake.ts';
import { report } from './scenes/report.ts';
import type { Scene } from './scenes/scene.ts';
import { seal } from './scenes/seal.ts';
import { serve } from './scenes/serve.ts';

const SCENES: Readonly<Record<string, () => Promise<Scene>>> = { serve, intake, seal, report };
const DIRECTORY = join(import.meta.dirname, '../../builds/profiles');
/** ten times as often as by itself: a record is taken in a few milliseconds */
const INTERVAL_MICROSECONDS = 100;

const { WHAT = '' } = process.env;
const prepare = Object.hasOwn(SCENES, WHAT) ? SCENES[WHAT] : undefined;
if (prepare === undefined) {
  process.stderr.write(
    `${WHAT === '' ? 'What is to be profiled?' : `There is no ${WHAT} to profile.`} make profile WHAT=${Object.keys(SCENES).join('|')}\n`,
  );
  process.exit(2);
}
await using scene = await prepare();
process.stdout.write(`${scene.title}: once to warm up, once under the profiler\n`);
await scene.run();
const profile = await profileOf(() => scene.run());
await mkdir(DIRECTORY, { recursive: true });
const path = join(DIRECTORY, `${WHAT}-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.cpuprofile`);
await writeFile(path, JSON.stringify(profile));
for (const line of heaviest(profile, 10)) process.stdout.write(`${line}\n`);
process.stdout.write(`${path}: Chromium's developer tools open it (Performance, "Load profile")\n`);

async function profileOf(work: () => Promise<void>): Promise<object> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_MICROSECONDS });
  await session.post('Profiler.start');
  await work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  return profile;
}
