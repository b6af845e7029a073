import type { Page } from 'playwright-core';
import { ReconError } from '../../domain/errors.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import { startChromium } from '../../platform/process/chromium.ts';
import type { PoolLab } from './set-up-pool.ts';

/** A busy host draws slowly. */
const PAGE_MS = 3 * 60_000;
const PASSWORD = 'words that only the rehearsal knows';

/** What a node is to boot, by its name. */
export type Clicks = readonly (readonly [node: string, profile: string])[];

/**
 * What a person does from the public side, in a Chromium without a window: opens the link of the first start, sets the first password, signs in, and
 * chooses node by node what it boots.
 * @throws ReconError `lab-failed` with what the page showed last, `host-unfit` without a Chromium
 */
export async function chooseInBrowser({ head, room, workDir }: PoolLab, choices: Clicks): Promise<void> {
  const link = /https:\S+#setup=\S+/.exec(await head.waitForWords(/#setup=/, PAGE_MS))?.[0] ?? '';
  await using browser = await startChromium({ inside: room.people.inside, directory: workDir });
  // the certificate is the head's own; commands hold it against its fingerprint, a person looks
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  page.setDefaultTimeout(PAGE_MS);
  try {
    await setPassword(page, link);
    for (const [node, profile] of choices) await choose(page, node, profile);
  } catch (error) {
    const shown = await page
      .locator('body')
      .ariaSnapshot()
      .catch(() => 'nothing');
    throw new ReconError('lab-failed', `in the browser: ${messageOf(error)}\nThe page showed:\n${shown.slice(0, 2000)}`);
  }
}

async function setPassword(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.getByLabel('The same again').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Nodes' }).waitFor();
}

async function choose(page: Page, node: string, profile: string): Promise<void> {
  const box = page.getByRole('checkbox', { name: `Choose ${node}` });
  await box.check();
  await page.getByRole('combobox', { name: 'Boot' }).selectOption(profile);
  await page.getByRole('button', { name: 'Assign', exact: true }).click();
  await page
    .getByRole('status')
    .filter({ hasText: `${node}: boots ${profile}` })
    .waitFor();
  await box.uncheck();
}
