import type { Browser, CDPSession, Page } from 'playwright-core';
import { launchBrowser } from '../integration/fixtures/pages/browser.ts';
import { macOf, poolHead, signedIn } from '../integration/fixtures/pages/pool-head.ts';
import { tell } from './frame/tell.ts';

/** in Chromium, what the page's own thread works for one search */
const [FEW, MANY] = [100, 1000];
const SEARCHES = ['n', 'no', 'node-7', 'node-77', 'node-777', '', 'cz3', 'cz3999'];

const browser = await launchBrowser();
try {
  const [few, many] = [await searchTimesMs(browser, FEW), await searchTimesMs(browser, MANY)];
  tell('pool-page.search', { ours: many, theirs: few });
  tell('pool-page.slowest', { ours: [Math.max(...many)], theirs: [Math.max(...few)] });
} finally {
  await browser.close();
}

async function searchTimesMs(opened: Browser, nodes: number): Promise<number[]> {
  const askedAt = new Date().toISOString();
  const machines = Array.from({ length: nodes }, (_, index) => ({
    ...{ mac: macOf(index), vendor: 'Dell Inc.', product: 'PowerEdge R640', serial: `CZ${3000 + index}`, askedAt },
  }));
  await using head = await poolHead({ nodes, machines });
  await using session = await signedIn(opened, head);
  const { page } = session;
  await page.getByText(`1 to 50 of ${nodes}`).waitFor();
  const thread = await session.context.newCDPSession(page);
  await thread.send('Performance.enable', { timeDomain: 'threadTicks' });
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) for (const text of SEARCHES) times.push(await paintMs(page, thread, text));
  return times;
}

/** What the page's own thread works from a key until the frame behind it is painted. */
async function paintMs(page: Page, thread: CDPSession, text: string): Promise<number> {
  const from = await workedMs(thread);
  await page.evaluate(`new Promise((resolve) => {
    const field = document.querySelector('input[type=search]');
    field.value = ${JSON.stringify(text)};
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    requestAnimationFrame(() => setTimeout(resolve));
  })`);
  return (await workedMs(thread)) - from;
}

async function workedMs(thread: CDPSession): Promise<number> {
  const { metrics } = await thread.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
}
