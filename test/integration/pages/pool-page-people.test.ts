import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../fixtures/pages/browser.ts';
import { PASSWORD, poolHead, signedIn } from '../fixtures/pages/pool-head.ts';

const LIMIT = { timeout: 180_000 };

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

describe('users and tokens on the page of the boot pool', LIMIT, () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());

  it('a user is added by an administrator, sets a password by the link that is shown once, is changed, and taken away', async () => {
    await using head = await poolHead();
    await using opened = await signedIn(browser, head);
    const { page } = opened;
    await page.getByRole('link', { name: 'People' }).click();
    await page.getByRole('button', { name: 'New user' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('bob');
    await page.getByRole('textbox', { name: 'Only nodes of these groups' }).fill('rak1');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'Did you mean rack1?' }).waitFor();
    await page.getByRole('textbox', { name: 'Only nodes of these groups' }).fill('rack1');
    await page.keyboard.press('Enter');
    const link = await page.getByRole('dialog', { name: 'The link for bob' }).getByRole('textbox', { name: 'Link' }).inputValue();
    assert.match(link, /^http:\/\/localhost:\d+\/#setup=[\w-]{43}$/);
    await page.getByRole('button', { name: 'I have it' }).click();
    await row(page, 'bob').filter({ hasText: 'nodes of rack1' }).filter({ hasText: 'has set no password yet' }).waitFor();
    assert.equal(await page.getByText(link).count(), 0, 'the link is shown once');
    await using other = await openPage(browser);
    await other.page.goto(link);
    await other.page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await other.page.getByLabel('The same again').fill(PASSWORD);
    await other.page.keyboard.press('Enter');
    await other.page.getByText('bob (operator)').waitFor();
    await page.getByRole('button', { name: 'Change bob' }).click();
    await page.getByRole('combobox', { name: 'Role' }).selectOption('viewer');
    await page.getByRole('button', { name: 'Write it down' }).click();
    await row(page, 'bob').filter({ hasText: 'viewer' }).waitFor();
    await page.getByRole('button', { name: 'Take ada-admin away' }).click();
    await page.getByRole('button', { name: 'Take the user away' }).click();
    await page.getByRole('alert').filter({ hasText: 'Ada-admin is the last administrator who can sign in.' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Take bob away' }).click();
    await page.getByRole('button', { name: 'Take the user away' }).click();
    await row(page, 'bob').waitFor({ state: 'detached' });
    assert.deepEqual(
      (await head.people.users()).map(({ name }) => name),
      ['ada-admin'],
    );
  });

  it('a viewer makes a token that is shown once, and revokes it', async () => {
    await using head = await poolHead();
    await using opened = await signedIn(browser, head, {}, 'viewer');
    const { page } = opened;
    await page.getByRole('link', { name: 'Your tokens' }).click();
    await page.getByRole('button', { name: 'New token' }).click();
    assert.equal(await page.getByRole('option').count(), 1, 'no role beyond their own');
    await page.getByRole('textbox', { name: 'Name' }).fill('screen');
    await page.keyboard.press('Enter');
    const token = await page.getByRole('textbox', { name: 'Token' }).inputValue();
    assert.equal((await head.people.byToken(token, 'test')).name, 'token screen of ada-viewer');
    await page.getByRole('button', { name: 'I have it' }).click();
    await page.getByRole('button', { name: 'Revoke screen' }).click();
    await page.getByRole('button', { name: 'Revoke it' }).click();
    await page.getByText('There is none.').waitFor();
    await assert.rejects(head.people.byToken(token, 'test'), { code: 'login-wrong' });
  });
});
