import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { writeFleet } from '../fleet/write-fleet.ts';
import { launchBrowser, openPage } from '../integration/fixtures/pages/browser.ts';
import { sayProgress, tell, tellNotRun } from './frame/tell.ts';

const SIZES = [1000, 10_000];
const SEARCHES = ['a', '0c:42', 'R640 16 gib', 'zzz', 'leaf-r17-a', 'S64'];
const ROUNDS = 5;
const RECON = join(import.meta.dirname, '../../src/main.ts');
/** printed by the process itself: not every machine has a program for it */
const TELL = 'data:text/javascript,process.on("exit",()=>console.log("peak",process.resourceUsage().maxRSS))';

await using directory = await temporaryDirectory('recon-bench-');
for (const machines of SIZES) {
  if (machines > 1000 && !process.env['LONG']) {
    tellNotRun('takes minutes: LONG=1');
    break;
  }
  sayProgress(`a fleet of ${machines} machines`);
  const tarball = join(directory.path, `${machines}.tar.gz`);
  await writeFleet(tarball, { machines });
  const started = performance.now();
  const said = execFileSync(process.execPath, ['--import', TELL, RECON, 'report', tarball, '-o', join(directory.path, String(machines))], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 600_000,
  });
  tell(`report.make-${machines}`, { ours: [(performance.now() - started) / 1000] });
  tell(`report.peak-${machines}`, { ours: [Number(/^peak (\d+)$/m.exec(said)?.[1]) / 1024] });
  const times = await searchTimesMs(join(directory.path, String(machines), 'report.html'));
  tell(`report.search-${machines}`, { ours: times });
  tell(`report.slowest-${machines}`, { ours: [Math.max(...times)] });
}

async function searchTimesMs(report: string): Promise<number[]> {
  const browser = await launchBrowser();
  try {
    const { page } = await openPage(browser);
    const started = performance.now();
    await page.goto(pathToFileURL(report).href);
    await page.locator('html[data-ready]').waitFor();
    sayProgress(`in Chromium: ready after ${Math.round(performance.now() - started)} ms`);
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1)
      for (const search of SEARCHES) {
        await page.evaluate(afterInput(''));
        const taken: number = await page.evaluate(afterInput(search));
        times.push(taken);
      }
    return times;
  } finally {
    await browser.close();
  }
}

/** From the key to the frame after the new rows, in ms. */
function afterInput(text: string): string {
  return `(async () => {
    const input = document.querySelector('#search');
    input.value = ${JSON.stringify(text)};
    const started = performance.now();
    input.dispatchEvent(new Event('input'));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - started;
  })()`;
}
