import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { webPageParts } from '../../src/bundle/web-page.ts';
import { startMaster } from '../../src/master/master.ts';
import { makeDirectory } from '../../src/platform/files/directories.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { silentLog } from '../../src/platform/log.ts';
import { masterParts } from './fixtures/master-parts.ts';
import { launchBrowser, openPage } from './fixtures/pages/browser.ts';
import { assertFocus, poorContrasts, tabTo, unnamed } from './fixtures/pages/page-access.ts';
import { macOf, PIN, webVisit } from './fixtures/pages/web-visit.ts';

const LIMIT = { timeout: 180_000 };

describe('the page for everybody', LIMIT, () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());

  it('can be used with the keyboard alone', async () => {
    await using visit = await webVisit();
    await visit.done(macOf(1), 'SN-0001');
    visit.steps(macOf(2), 'script', 'kernel');
    await using opened = await openPage(browser);
    const { page } = opened;
    await page.goto(visit.url);
    await page.getByRole('row').nth(2).waitFor();
    await page.keyboard.press('Tab');
    await assertFocus(page, 'Skip to the machines');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Loading 1');
    await page.keyboard.press('Space');
    await page.getByText('1 machine of 2 fits').waitFor();
    await tabTo(page, 'Show all');
    await page.keyboard.press('Enter');
    await assertFocus(page, 'Machines');
    await tabTo(page, 'Example & Co R1 "Rack"');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Timeline' }).waitFor();
    await assertFocus(page, 'Example & Co R1 "Rack"');
    await page.goBack();
    await page.getByRole('button', { name: 'Seal the tarball now' }).waitFor();
    await tabTo(page, 'Seal the tarball now');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Seal the tarball' }).waitFor();
    await page.keyboard.type('000000');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'The PIN is wrong' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await assertFocus(page, 'Seal the tarball now');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Seal the tarball' }).waitFor();
    await page.keyboard.type(PIN);
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'Sealed.' }).waitFor();
  });

  it('has names and roles that a screen reader can tell, and speaks of progress politely', async () => {
    await using visit = await webVisit();
    visit.steps(macOf(1), 'script', 'kernel');
    await using opened = await openPage(browser, { viewport: { width: 360, height: 740 }, reducedMotion: 'reduce' });
    const { page } = opened;
    await page.goto(visit.url);
    await page.getByRole('row').nth(1).waitFor();
    const tree = await page.locator('body').ariaSnapshot();
    for (const line of [
      /- banner:/,
      /- main:/,
      /- 'heading "Recon: lab" \[level=1\]'/,
      /- region "Progress":/,
      /- progressbar "Machines done"/,
      /- heading "Machines" \[level=2\]/,
      /- search:/,
      /- group "Show machines that are":/,
      /- button "All 1" \[pressed\]/,
      /- button "Stuck 0"/,
      /- searchbox "Search"/,
      /- table "Machines, the stuck ones first unless sorted otherwise":/,
      /- columnheader "State/,
      /- rowheader "52:54:00:00:00:01/,
      /- region "Networks":/,
    ]) {
      assert.match(tree, line);
    }
    await page.getByRole('status').filter({ hasText: '0 of 1 machine seen done, none stuck.' }).waitFor();
    assert.deepEqual(await unnamed(page), []);
    await page.getByRole('link', { name: macOf(1) }).click();
    await page.getByRole('heading', { name: 'Timeline' }).waitFor();
    assert.deepEqual(await unnamed(page), []);
  });

  it('has enough contrast in light and dark, and fits a narrow phone', async () => {
    await using visit = await webVisit({ expected: { count: 9 } });
    for (const [at, stages] of [['discover'], ['script', 'kernel'], ['script', 'agent']].entries())
      visit.steps(macOf(at + 1), ...(stages as 'discover'[]));
    await visit.done(macOf(8), 'SN-0001');
    visit.steps(macOf(9), 'discover');
    visit.wait(11 * 60_000);
    visit.steps(macOf(2), 'initrd');
    for (const colorScheme of ['light', 'dark'] as const) {
      await using opened = await openPage(browser, { viewport: { width: 360, height: 740 }, colorScheme });
      const { page } = opened;
      await page.goto(visit.url);
      await page.getByRole('row').nth(4).waitFor();
      assert.deepEqual(await poorContrasts(page), [], colorScheme);
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360, 'nothing sticks out');
      await page.goto(`${visit.url}/#/machine/${macOf(8).replaceAll(':', '-')}`);
      await page.getByRole('heading', { name: 'Timeline' }).waitFor();
      assert.deepEqual(await poorContrasts(page), [], colorScheme);
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360, 'nothing sticks out');
    }
  });

  it('stays usable with 5000 machines, and all of 500 are on paper', async () => {
    await using visit = await webVisit();
    for (let at = 1; at <= 500; at += 1) visit.steps(macOf(at), 'script');
    await using opened = await openPage(browser);
    const { page } = opened;
    await page.goto(visit.url);
    await page.getByText('0 of 500 seen done').waitFor();
    assert.equal(await page.locator('tbody tr').count(), 50);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('51 to 100 of 500').waitFor();
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    assert.equal(await page.locator('tbody tr').count(), 500);
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    assert.equal(await page.locator('tbody tr').count(), 50);
    for (let at = 501; at <= 5000; at += 1) visit.steps(macOf(at), 'script');
    await page.getByText('0 of 5000 seen done').waitFor();
    await page.getByRole('searchbox').fill(macOf(4321));
    await page.getByText('1 machine of 5000 fits').waitFor();
    visit.steps(macOf(4321), 'kernel');
    await page.getByRole('row').filter({ hasText: 'loads the kernel' }).waitFor();
  });

  it('comes from a master as it runs, with its PIN', async () => {
    await using directory = await temporaryDirectory('recon-page-');
    const root = directory.path;
    for (const name of ['live', 'loaders']) await makeDirectory(`${root}/${name}`);
    const httpPort = 20_000 + (process.pid % 12_000);
    const master = await startMaster({
      ...masterParts(root),
      log: silentLog,
      httpPort,
      page: await webPageParts(),
    });
    try {
      await using opened = await openPage(browser);
      const { page } = opened;
      await page.goto(`http://127.0.0.1:${httpPort}`);
      await page.getByRole('row').filter({ hasText: 'MASTER' }).filter({ hasText: 'Done' }).filter({ hasText: 'master' }).waitFor();
      await page.getByText('No network is served yet').waitFor();
      await page.getByRole('button', { name: 'Seal the tarball now' }).click();
      await page.getByLabel('PIN').fill(master.pin);
      await page.keyboard.press('Enter');
      await page.getByText('It is up to date. It is on the stick, too.').waitFor();
      assert.equal(master.sealed?.machines, 1);
    } finally {
      await master.stop();
    }
  });
});
