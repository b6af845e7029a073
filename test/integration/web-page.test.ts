import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startOf } from '../master/visit/known-visit.ts';
import { launchBrowser, openPage } from './fixtures/pages/browser.ts';
import { macOf, PIN, webVisit } from './fixtures/pages/web-visit.ts';

const PHONE = { viewport: { width: 360, height: 740 } };
const LIMIT = { timeout: 120_000 };
const [A, B, C] = [macOf(1), macOf(2), macOf(3)];

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });
const machines = (page: Page) => page.getByRole('table', { name: /^Machines/ });
const bodyRows = (page: Page) => machines(page).locator('tbody tr');
const choose = (page: Page, phase: string) => page.getByRole('button', { name: new RegExp(`${phase} \\d+$`) }).click();

describe('the page in a real browser', LIMIT, () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());

  it('shows machines as they come, without a reload, and asks nobody but the master', async () => {
    await using visit = await webVisit();
    await using opened = await openPage(browser, PHONE);
    const { page, requests, complaints } = opened;
    await page.goto(visit.url);
    await page.getByText('No machine has asked for an address yet').waitFor();
    visit.steps(A, 'discover', { stage: 'ack', address: '10.77.1.1' });
    await row(page, A).filter({ hasText: 'Found' }).filter({ hasText: '10.77.1.1' }).waitFor();
    visit.steps(A, 'loader', 'script', { stage: 'root-image', bytes: 26, totalBytes: 52 });
    await row(page, A).filter({ hasText: 'Loading' }).filter({ hasText: 'loads the root image, 50 %' }).waitFor();
    visit.steps(A, 'agent', 'collect');
    await row(page, A).filter({ hasText: 'Inventory' }).waitFor();
    await visit.done(A, 'SN-0001');
    await row(page, 'SN-0001').filter({ hasText: 'Done' }).waitFor();
    await page.getByText('1 of 1 seen done').waitFor();
    assert.equal(await page.title(), '1/1 done – Recon');
    visit.steps(B, 'discover');
    visit.wait(11 * 60_000);
    visit.steps(A, 'power-off');
    await row(page, B).filter({ hasText: 'Stuck' }).filter({ hasText: 'Nothing was heard of it for 11 minutes' }).waitFor();
    assert.equal(await bodyRows(page).first().getByRole('rowheader').getByRole('link').textContent(), B, 'the stuck one stands first');
    assert.equal(requests.filter((url) => url === `${visit.url}/`).length, 1, 'the page was loaded once');
    assert.deepEqual(
      requests.filter((url) => !url.startsWith(`${visit.url}/`) && !url.startsWith('data:')),
      [],
    );
    assert.deepEqual(complaints, []);
  });

  it('says how the list on the stick was read', async () => {
    await using visit = await webVisit({
      stickSaid: ['list.csv: 40 machines: 38 by serial number, 2 by MAC address; ignored: column Foo'],
    });
    await using opened = await openPage(browser);
    await opened.page.goto(visit.url);
    const section = opened.page.getByRole('region', { name: 'From the stick' });
    await section.getByText('40 machines: 38 by serial number, 2 by MAC address; ignored: column Foo').waitFor();
  });

  it('says which visit of the stick it is where there were others, and only there', async () => {
    const [may, june] = [startOf(), startOf({ id: 'aaaaaaaa', number: 2, begunAt: '2026-06-03T08:12:00.000Z' })];
    await using visit = await webVisit({ visit: june, earlier: [{ visit: may, machines: 40 }] });
    await using first = await webVisit({ visit: may, earlier: [] });
    await using opened = await openPage(browser);
    const { page } = opened;
    await page.goto(visit.url);
    await page.getByText('This is visit 2, begun 2026-06-03 08:12 UTC').waitFor();
    await page.getByText('not counted here: 40 machines of 2026-05-03.').waitFor();
    await page.goto(first.url);
    await page.getByText('No machine has asked for an address yet').waitFor();
    assert.equal(await page.getByText('This is visit').count(), 0);
  });

  it('finds, filters and sorts', async () => {
    await using visit = await webVisit();
    await visit.done(A, 'SN-0001');
    visit.steps(B, 'discover', { stage: 'ack', address: '10.77.1.2' });
    visit.steps(C, 'script', 'kernel');
    await using opened = await openPage(browser);
    const { page } = opened;
    await page.goto(visit.url);
    await bodyRows(page).nth(2).waitFor();
    const search = page.getByRole('searchbox', { name: 'Search' });
    for (const [text, found] of [
      ['sn-0001', A],
      [B.replaceAll(':', ''), B],
      ['10.77.1.2', B],
    ] as const) {
      await search.fill(text);
      await row(page, found).waitFor();
      await page.getByText('1 machine of 3 fits').waitFor();
      assert.equal(await bodyRows(page).count(), 1, text);
    }
    await page.getByRole('button', { name: 'Show all' }).click();
    await choose(page, 'Loading');
    await page.getByText('1 machine of 3 fits').waitFor();
    await row(page, C).waitFor();
    await choose(page, 'All');
    await page.getByRole('columnheader', { name: 'Machine' }).getByRole('button').click();
    await page.locator('th[aria-sort=ascending]').filter({ hasText: 'Machine' }).waitFor();
    await page.getByRole('columnheader', { name: 'Machine' }).getByRole('button').click();
    await page.locator('th[aria-sort=descending]').filter({ hasText: 'Machine' }).waitFor();
    assert.match((await bodyRows(page).first().textContent()) ?? '', /SN-0001/);
  });

  it('tells all of one machine', async () => {
    await using visit = await webVisit();
    visit.steps(A, 'discover', { stage: 'ack', address: '10.77.1.1' }, 'script', {
      stage: 'root-image',
      bytes: 10_000_000,
      totalBytes: 50_000_000,
    });
    visit.wait(4000);
    visit.steps(A, { stage: 'root-image', bytes: 50_000_000, totalBytes: 50_000_000 }, 'agent', { stage: 'collect', detail: 'dmidecode' });
    const finding = { severity: 'critical', code: 'disk-failing', message: 'disk sda says it will fail', evidence: 'disks[0]' } as const;
    await visit.done(A, 'SN-0001', (record) => ({ ...record, findings: [finding] }));
    await using opened = await openPage(browser, PHONE);
    const { page } = opened;
    await page.goto(visit.url);
    await page.getByRole('link', { name: /R1/ }).click();
    await page.getByText('disk sda says it will fail').waitFor();
    assert.match((await row(page, 'loads the root image').textContent()) ?? '', /50 MB(9\.9\d|10(\.0\d)?) MB\/s/);
    await row(page, 'looks at its hardware').filter({ hasText: 'dmidecode' }).waitFor();
    await row(page, 'A1').filter({ hasText: '128 GiB' }).filter({ hasText: '2933 MT/s' }).waitFor();
    await page.getByText('lspci failed (exit code 1)').waitFor();
    visit.steps(A, 'power-off');
    await row(page, 'powers off').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'The whole record as JSON' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), '52-54-00-00-00-01.json');
    await page.getByRole('link', { name: 'All machines' }).click();
    await page.getByText('1 of 1 seen done').waitFor();
  });

  it('shows what a machine calls itself as text, whatever it is', async () => {
    const evil = '<script>document.title="owned"</script><img src=x onerror=alert(1)>';
    await using visit = await webVisit({ expected: { machines: [{ mac: A, name: `"><svg onload=alert(2)>${evil}` }, { serial: evil }] } });
    visit.steps(A, { stage: 'agent', detail: evil });
    await visit.done(A, evil, (record) => ({
      ...record,
      sections: { ...record.sections, system: { status: 'ok', data: { vendor: evil, product: evil, serial: evil, [evil]: evil } } },
      collectors: [{ id: evil, status: 'failed', durationMs: 1, reason: evil }],
    }));
    await using opened = await openPage(browser);
    const { page, complaints } = opened;
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await page.goto(visit.url);
    await page.getByText('onerror=alert(1)').first().waitFor();
    await page.goto(`${visit.url}/#/machine/${A.replaceAll(':', '-')}`);
    await page.getByRole('heading', { name: 'Timeline' }).waitFor();
    await page.getByText('1 tool did not work').click();
    assert.equal(await page.locator('#page script, #page img, #page svg').count(), 0);
    assert.match(await page.title(), /Recon$/);
    assert.deepEqual([dialogs, complaints], [[], []]);
  });

  it('seals with the PIN of the screen, not with another one, and the tarball can be fetched', async () => {
    await using visit = await webVisit({ onPowerOff: () => {} });
    await visit.done(A, 'SN-0001');
    await using opened = await openPage(browser, PHONE);
    const { page } = opened;
    await page.goto(visit.url);
    await page.getByRole('button', { name: 'Seal the tarball now' }).click();
    const dialog = page.getByRole('dialog', { name: 'Seal the tarball' });
    await dialog.getByLabel('PIN').fill('000000');
    await dialog.getByRole('button', { name: 'Seal' }).click();
    await dialog.getByRole('alert').filter({ hasText: 'The PIN is wrong' }).waitFor();
    await dialog.getByLabel('PIN').fill(PIN);
    await dialog.getByRole('button', { name: 'Seal' }).click();
    await page.getByRole('status').filter({ hasText: 'Sealed. recon-lab-2026-11-20.tar.gz holds 1 machine.' }).waitFor();
    await page.getByText('It is up to date').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /^Download recon-lab/ }).click()]);
    const stream = await download.createReadStream();
    const bytes: Buffer[] = [];
    for await (const chunk of stream) bytes.push(chunk);
    assert.deepEqual([...Buffer.concat(bytes).subarray(0, 2)], [0x1f, 0x8b], 'gzip');
    visit.steps(B, 'discover');
    await page.getByText('Not up to date: something has changed since').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Done: stop discovery' }).count(), 0, 'this master cannot');
    await page.getByRole('button', { name: 'Seal and power off' }).click();
    await page.getByRole('dialog').getByText('1 machine is still under way').waitFor();
    assert.equal(await page.getByLabel('PIN').inputValue(), PIN, 'nobody walks to the screen twice');
  });

  it('says so when the master is gone', async () => {
    await using visit = await webVisit();
    visit.steps(A, 'discover');
    await using opened = await openPage(browser);
    const { page } = opened;
    await page.goto(visit.url);
    await row(page, A).waitFor();
    await visit.vanish();
    await page.getByRole('alert').filter({ hasText: 'The master does not answer since' }).waitFor();
    await row(page, A).waitFor();
  });

  it('asks instead when it may not listen, and names who did not arrive', async () => {
    await using visit = await webVisit({
      expected: {
        count: 3,
        machines: [
          { mac: A, name: 'rack 1' },
          { serial: 'SN-9', name: 'rack 2' },
        ],
      },
    });
    await using opened = await openPage(browser);
    const { page } = opened;
    await page.route('**/live*', (route) => route.fulfill({ status: 503, body: '{}' }));
    visit.steps(A, 'discover');
    await page.goto(visit.url);
    await page.getByText('Asking every 5 s').waitFor();
    await page.getByRole('link', { name: `rack 1, ${A}` }).waitFor();
    await page.getByText('rack 2, SN-9').waitFor();
    await page.getByText('3 of 3 expected machines have no record yet').waitFor();
    await visit.done(A, 'SN-0001');
    await page.getByText('1 of 3 expected done').waitFor();
  });
});
