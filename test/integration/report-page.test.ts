import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { writeVisitReport } from '../../src/desk/report.ts';
import type { NodeRecord } from '../../src/domain/record/node-record.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { recordFor } from '../master/fixture-records.ts';
import { memoryVisit, visitMac } from '../report/memory-visit.ts';
import { launchBrowser, openPage } from './fixtures/pages/browser.ts';

const LIMIT = { timeout: 180_000 };
const EVIL = '"><img src=x onerror="window.broken=1"><script>window.broken=1</script>';

describe('report.html in a browser, from disk', LIMIT, () => {
  let browser: Browser;
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let few: string;
  let many: string;
  before(async () => {
    browser = await launchBrowser();
    directory = await temporaryDirectory('recon-report-');
    few = await reportOf('few', [...records(11), recordFor(EVIL)]);
    many = await reportOf('many', [...records(459), recordFor(EVIL)]);
  });
  after(async () => {
    await browser?.close();
    await directory?.[Symbol.asyncDispose]();
  });

  async function reportOf(name: string, list: readonly NodeRecord[]): Promise<string> {
    const { path } = await writeVisitReport(memoryVisit(list), join(directory.path, name), () => {});
    return pathToFileURL(path).href;
  }

  it('asks nobody for anything, runs nothing that a machine says, and has no complaints', async () => {
    for (const url of [few, many]) {
      await using opened = await openReport(url);
      const { page, requests, complaints } = opened;
      await page.getByRole('searchbox', { name: 'Search' }).fill('onerror');
      await page.getByText(`1 of ${url === few ? 12 : 460} machines`).waitFor();
      await page.locator('#machine-table tbody a').click();
      await page.locator('details.machine[open]').getByText('onerror').first().waitFor();
      assert.deepEqual(
        requests.filter((request) => request !== url),
        [],
      );
      assert.deepEqual(complaints, []);
      assert.equal(await page.evaluate('window.broken'), undefined);
    }
  });

  it('searches in all that is known of a machine, and sorts', async () => {
    await using opened = await openReport(many);
    const { page } = opened;
    const search = page.getByRole('searchbox', { name: 'Search' });
    assert.equal(await rows(page).count(), 100);
    await search.fill('SN-0123');
    await page.getByText('1 of 460 machines').waitFor();
    assert.match((await rows(page).first().textContent()) ?? '', /SN-0123/);
    await search.fill(visitMac(321).replaceAll(':', ''));
    await page.getByText('1 of 460 machines').waitFor();
    await search.fill(diskSerial('SN-0200'));
    await page.getByText('1 of 460 machines').waitFor();
    assert.match((await rows(page).first().textContent()) ?? '', /SN-0200/, 'the serial number of a disk, which has no column');
    await search.fill('');
    const head = page.getByRole('columnheader', { name: 'Serial number' });
    await head.getByRole('button').click();
    await head.getByRole('button').click();
    assert.equal(await head.getAttribute('aria-sort'), 'descending');
    assert.match((await rows(page).first().textContent()) ?? '', /SN-0458/);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('101 to 200 of 460').waitFor();
  });

  it('remembers which columns were chosen', async () => {
    await using opened = await openReport(few);
    const { page } = opened;
    await page.getByText('Columns', { exact: true }).click();
    await page.getByRole('checkbox', { name: 'UUID' }).check();
    await page.getByRole('checkbox', { name: 'Cores' }).uncheck();
    await page.reload();
    await page.getByRole('columnheader', { name: 'UUID' }).waitFor();
    assert.equal(await page.getByRole('columnheader', { name: 'Cores' }).count(), 0);
    assert.match((await rows(page).first().textContent()) ?? '', /4c4c4544/);
  });

  it('unpacks sections, findings and switches when they are asked for', async () => {
    await using opened = await openReport(many);
    const { page } = opened;
    assert.equal(await page.locator('details.machine').count(), 0);
    await page.goto(`${many}#${visitMac(404).replaceAll(':', '-')}`);
    await page.locator('details.machine[open]').getByText('SN-0404').first().waitFor();
    await page
      .getByRole('link', { name: visitMac(0), exact: true })
      .first()
      .click();
    await page.locator('details.machine[open]').getByText('SN-0000').first().waitFor();
    assert.equal(await page.locator('details.machine').count(), 2, 'the first one stays');
    await page.locator('details.finding summary').first().click();
    await page.locator('details.finding[open] td').first().waitFor();
    await page.locator('details.switch summary').first().click();
    await page.locator('details.switch[open] svg.panel a').first().waitFor();
    await page
      .locator('details.switch[open]')
      .getByRole('link', { name: visitMac(77), exact: true })
      .click();
    await page.locator('details.machine[open]').nth(2).waitFor();
  });

  it('prints all rows that fit, and leaves its tools out', async () => {
    await using opened = await openReport(many);
    const { page } = opened;
    await page.getByRole('searchbox', { name: 'Search' }).fill('SN-0');
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    await page.emulateMedia({ media: 'print' });
    assert.equal(await rows(page).count(), 459);
    assert.equal(await page.locator('#machine-tools').isVisible(), false);
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    assert.equal(await rows(page).count(), 100);
  });

  it('can be read without its script', async () => {
    await using opened = await openPage(browser, { javaScriptEnabled: false });
    const { page } = opened;
    await page.goto(few);
    assert.equal(await rows(page).count(), 12);
    assert.equal(await page.locator('details.machine').count(), 12);
    await page.goto(many);
    assert.equal(await rows(page).count(), 100);
    assert.match((await page.locator('noscript').textContent()) ?? '', /These are 100 of 460 machines/);
  });

  it('says so when the browser is too old', async () => {
    await using opened = await openPage(browser);
    await opened.page.addInitScript('delete window.DecompressionStream');
    await opened.page.goto(few);
    await opened.page.getByText('do not work in this browser').waitFor();
    assert.equal(await rows(opened.page).count(), 12);
  });

  it('fits a phone', async () => {
    for (const url of [few, many]) {
      await using opened = await openReport(url, { viewport: { width: 360, height: 740 } });
      assert.equal(await opened.page.evaluate('document.documentElement.scrollWidth'), 360);
    }
  });

  async function openReport(url: string, options: BrowserContextOptions = {}): ReturnType<typeof openPage> {
    const opened = await openPage(browser, options);
    await opened.page.goto(url);
    await opened.page.locator('html[data-ready]').waitFor();
    return opened;
  }
});

function records(count: number): NodeRecord[] {
  return Array.from({ length: count }, (_, at) => recordFor(`SN-${String(at).padStart(4, '0')}`));
}

function diskSerial(serial: string): string {
  const { disks } = recordFor(serial).sections;
  return (disks.status === 'ok' ? disks.data[0]?.serial : undefined) ?? assert.fail('the fixture has no disk');
}

function rows(page: Page) {
  return page.locator('#machine-table tbody tr');
}
