/** `make pictures`: docs/pictures again: the page on a phone and the master's console in the middle of the demo's visit, and the sample report. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { demoCast } from '../../src/demo/cast.ts';
import { demoClock } from '../../src/demo/fast-clock.ts';
import { type DemoMaster, startDemoMaster } from '../../src/demo/loopback-master.ts';
import { playMachine } from '../../src/demo/play-machine.ts';
import type { Stage } from '../../src/domain/stages.ts';
import { consoleScreen } from '../../src/master/show/console-screen.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { startChromium } from '../../src/platform/process/chromium.ts';
import { consolePage } from './console-page.ts';

const DOCS = join(import.meta.dirname, '../../docs');
const PICTURES = join(DOCS, 'pictures');
/** What a picture of a real visit would say. */
const SHOWN = { interface: 'eno1', address: '10.77.0.1', guest: '10.77.255.2/16', state: 'serving' } as const;
/** How far the last machines of the cast are; those before them are done or stuck. */
const UNDER_WAY: readonly Stage[] = ['collect', 'collect', 'collect', 'root-image', 'root-image', 'initrd', 'ack'];
const MINUTE_MS = 60_000;

await mkdir(PICTURES, { recursive: true });
const browser = await startChromium();
try {
  await pictureVisit(browser);
  await pictureReport(browser);
} finally {
  await browser.close();
}

async function pictureVisit(browser: Browser): Promise<void> {
  await using directory = await temporaryDirectory('recon-pictures-');
  const cast = demoCast();
  const clock = demoClock({ speed: 1, startMs: Date.parse('2026-11-20T10:20:00Z'), nowMs: () => performance.now() });
  const demo = await startDemoMaster({ directory: directory.path, cast, clock, version: '13.x.1', shown: SHOWN });
  const play = async (number: number, last?: Stage): Promise<void> => {
    const machine = cast[number];
    if (machine === undefined || machine.part === 'master' || machine.part === 'never-comes') return;
    await playMachine(machine, { ...demo, directory: directory.path, number, rest: async () => {}, sleep: async () => {} }, last);
  };
  const first = cast.length - UNDER_WAY.length - 4;
  for (let number = 0; number < first; number += 1) {
    await play(number);
    clock.skip(12_000);
  }
  clock.skip(2 * MINUTE_MS);
  await Promise.all(UNDER_WAY.map((stage, at) => play(first + at, stage)));
  try {
    await takePage(browser, demo);
    const { master } = demo;
    const rows = consoleScreen({ visit: master.visit(), nodes: master.nodes(), pin: '123456', code: 'K7M2Q-9XWZ4' });
    const page = await browser.newPage({ viewport: { width: 860, height: 400 }, deviceScaleFactor: 1.5 });
    await page.setContent(consolePage(rows));
    await page.locator('pre').screenshot({ path: join(PICTURES, 'console.png') });
    await page.close();
  } finally {
    await demo.master.stop();
  }
}

async function takePage(browser: Browser, { url }: DemoMaster): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5 });
  await opened(page, url);
  await page.getByRole('table', { name: /^Machines/ }).waitFor();
  await page.screenshot({ path: join(PICTURES, 'page-on-a-phone.png') });
  await page.close();
}

async function pictureReport(browser: Browser): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  await opened(page, pathToFileURL(join(DOCS, 'sample-report.html')).href);
  await page.getByRole('searchbox', { name: 'Search' }).waitFor();
  await page.screenshot({ path: join(PICTURES, 'report.png') });
  await page.close();
}

/** Its waits are long: a picture is made on any host. */
async function opened(page: Page, url: string): Promise<void> {
  page.setDefaultTimeout(300_000);
  await page.goto(url);
}
