import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { writeFleet } from '../fleet/write-fleet.ts';
import { launchBrowser, openPage } from '../integration/fixtures/pages/browser.ts';

const SIZES = [
  [1000, '10 s'],
  [10_000, '60 s'],
] as const;
const SEARCHES = ['a', '0c:42', 'R640 16 gib', 'zzz', 'leaf-r17-a', 'S64'];
const RECON = join(import.meta.dirname, '../../src/main.ts');
/** printed by the process itself: not every machine has a program for it */
const TELL =
  'data:text/javascript,process.on("exit",()=>console.log("peak",process.resourceUsage().maxRSS,process.resourceUsage().userCPUTime))';

await using directory = await temporaryDirectory('recon-bench-');
for (const [machines, bar] of SIZES) {
  const tarball = join(directory.path, `${machines}.tar.gz`);
  await writeFleet(tarball, { machines });
  const started = performance.now();
  const said = execFileSync(process.execPath, ['--import', TELL, RECON, 'report', tarball, '-o', join(directory.path, String(machines))], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 600_000,
  });
  const seconds = (performance.now() - started) / 1000;
  const [, kibibytes, userMicroseconds] = /^peak (\d+) (\d+)$/m.exec(said) ?? [];
  const report = join(directory.path, String(machines), 'report.html');
  process.stdout.write(
    `recon report of ${machines} machines: ${seconds.toFixed(1)} s (bar ${bar}), CPU ${(Number(userMicroseconds) / 1e6).toFixed(1)} s, peak ${Math.round(Number(kibibytes) / 1024)} MiB (bar 1024), tarball ${megabytes(tarball)}, report.html ${megabytes(report)}\n`,
  );
  await printSearches(report);
}

async function printSearches(report: string): Promise<void> {
  const browser = await launchBrowser();
  try {
    const { page } = await openPage(browser);
    const started = performance.now();
    await page.goto(pathToFileURL(report).href);
    await page.locator('html[data-ready]').waitFor();
    const readyMs = performance.now() - started;
    const times: number[] = [];
    for (const search of SEARCHES) for (let round = 0; round < 5; round += 1) times.push(await searchMs(page, search));
    times.sort((a, b) => a - b);
    process.stdout.write(
      `  in Chromium: ready after ${Math.round(readyMs)} ms; a search is painted after ${Math.round(times[times.length >> 1] ?? 0)} ms (median), ${Math.round(times.at(-1) ?? 0)} ms (slowest; bar 100 ms)\n`,
    );
  } finally {
    await browser.close();
  }
}

/** From the key to the frame after the new rows. */
async function searchMs(page: Page, search: string): Promise<number> {
  return await page.evaluate(`(async () => {
    const input = document.querySelector('#search');
    input.value = '';
    input.dispatchEvent(new Event('input'));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    input.value = ${JSON.stringify(search)};
    const started = performance.now();
    input.dispatchEvent(new Event('input'));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - started;
  })()`);
}

function megabytes(path: string): string {
  return `${(statSync(path).size / 1e6).toFixed(1)} MB`;
}
