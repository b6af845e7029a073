import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from './fixtures/pages/browser.ts';
import { tabTo } from './fixtures/pages/page-access.ts';
import { PASSWORD, poolHead } from './fixtures/pages/pool-head.ts';

const LIMIT = { timeout: 180_000 };

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

describe('the page of the boot pool in a real browser', LIMIT, () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());

  it('a set-up link makes the first administrator, who then signs in, and out', async () => {
    await using head = await poolHead();
    const link = await head.people.addUser('ada', { role: 'admin' });
    await using opened = await openPage(browser);
    const { page, complaints } = opened;
    await page.goto(`${head.url}/#setup=${link}`);
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByLabel('The same again').fill('something else');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'The two are not the same' }).waitFor();
    await page.getByLabel('The same again').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await row(page, 'node-002').waitFor();
    assert.equal(page.url().includes(link), false, 'the link stays in the address');
    await page.getByText('ada (admin)').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByLabel('Name').fill('ada');
    await page.getByRole('textbox', { name: 'Password' }).fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'User or password is wrong' }).waitFor();
    assert.equal(await page.getByLabel('Name').inputValue(), 'ada', 'what was typed stays');
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await row(page, 'node-002').waitFor();
    await page.goto(`${head.url}/#setup=${link}`);
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByLabel('The same again').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'used already' }).waitFor();
    assert.deepEqual(
      complaints.filter((text) => !/status of 401/.test(text)),
      [],
    );
  });

  it('two nodes are assigned with the keyboard alone, once and for good, and cleared', async () => {
    await using head = await poolHead({ nodes: 4 });
    await using opened = await signedIn(browser, head);
    const { page } = opened;
    await page.getByRole('checkbox', { name: 'Choose node-001' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('node-001 and node-002').waitFor();
    await page.getByRole('combobox', { name: 'Boot' }).focus();
    await page.keyboard.type('failsafe');
    await tabTo(page, 'Assign');
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'Done: node-001, node-002: boots failsafe.' }).waitFor();
    await row(page, 'node-001').filter({ hasText: 'failsafe' }).waitFor();
    assert.deepEqual(bootsOf(head), { 'node-000': 'compute', 'node-001': 'failsafe', 'node-002': 'failsafe', 'node-003': 'compute' });
    await page.getByRole('checkbox', { name: 'Choose node-003' }).check();
    await page.getByRole('combobox', { name: 'Boot' }).selectOption('compute');
    await page.getByRole('combobox', { name: 'Version' }).selectOption('@4');
    await page.getByLabel('once, at the next boot').check();
    await page.getByRole('button', { name: 'Assign', exact: true }).click();
    await row(page, 'node-003').filter({ hasText: 'compute@4' }).filter({ hasText: 'once' }).waitFor();
    assert.equal(head.store.state().pool.nodes.get('node-003')?.once, 'compute@4');
    await page.getByRole('button', { name: 'Select all 4 shown' }).click();
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await page.getByRole('status').filter({ hasText: 'cleared' }).waitFor();
    assert.deepEqual(Object.values(bootsOf(head)), [undefined, undefined, undefined, undefined]);
  });
});

async function signedIn(browser: Browser, head: Awaited<ReturnType<typeof poolHead>>, role: 'viewer' | 'operator' | 'admin' = 'admin') {
  await head.user('ada', role);
  const opened = await openPage(browser);
  const { page } = opened;
  await page.goto(head.url);
  await page.getByLabel('Name').fill('ada');
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByText(`ada (${role})`).waitFor();
  await page.getByRole('heading', { name: 'Nodes' }).waitFor();
  return opened;
}

function bootsOf({ store }: Awaited<ReturnType<typeof poolHead>>): Record<string, string | undefined> {
  return Object.fromEntries([...store.state().pool.nodes].map(([name, { boot }]) => [name, boot]));
}
