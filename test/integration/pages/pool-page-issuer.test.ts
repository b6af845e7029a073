import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { issuerYaml, labIssuer } from '../../pool/people/lab-issuer.ts';
import { launchBrowser, openPage } from '../fixtures/pages/browser.ts';
import { PASSWORD, poolHead } from '../fixtures/pages/pool-head.ts';

describe('signing in on the page of the boot pool with an issuer of OpenID Connect', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  it('there and back again in a real browser, with the role that the issuer says', async () => {
    await using lab = await labIssuer();
    await using head = await poolHead();
    await writeFile(head.usersFile, issuerYaml(lab.issuer));
    await using opened = await openPage(browser);
    const { page } = opened;
    await page.goto(head.url);
    await page.getByRole('link', { name: 'Sign in with Lab' }).click();
    await page.getByRole('heading', { name: 'Nodes' }).waitFor();
    await page.getByText('oidc anna').waitFor();
    await page.getByRole('link', { name: 'People' }).waitFor();
    assert.equal(new URL(page.url()).search, '', 'no code stays in the address');
    await page.reload();
    await page.getByRole('heading', { name: 'Nodes' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    lab.state.user = { sub: '2', preferred_username: 'eve', groups: [] };
    await page.getByRole('link', { name: 'Sign in with Lab' }).click();
    await page.getByText('The issuer knows you, and you have no role here.').waitFor();
  });

  it('when the session is over, it opens another tab, and what was typed is still there', async () => {
    await using lab = await labIssuer();
    await using head = await poolHead();
    await writeFile(head.usersFile, issuerYaml(lab.issuer));
    await using opened = await openPage(browser);
    const { page } = opened;
    await page.goto(head.url);
    await page.getByRole('link', { name: 'Sign in with Lab' }).click();
    await page.getByRole('heading', { name: 'Nodes' }).waitFor();
    await page.goto(`${head.url}#/node/node-000`);
    await page.getByRole('button', { name: 'Edit …' }).click();
    await page.getByLabel('Note').fill('half a sentence');
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Write it down' }).click();
    const again = page.getByRole('dialog', { name: 'Sign in again' });
    const [other] = await Promise.all([page.context().waitForEvent('page'), again.getByRole('link', { name: 'Sign in with Lab' }).click()]);
    await other.getByRole('heading', { name: 'Nodes' }).waitFor();
    await again.waitFor({ state: 'detached' });
    assert.equal(await page.getByLabel('Note').inputValue(), 'half a sentence');
    await page.getByRole('alert').filter({ hasText: 'Your session was over. Nothing that you typed is lost: send it again.' }).waitFor();
    await page.getByRole('button', { name: 'Write it down' }).click();
    await page.getByText('Done: node-000: note half a sentence.').waitFor();
  });

  it('an issuer that does not answer is told, and a name and password of the head let in meanwhile', async () => {
    const lab = await labIssuer();
    await using head = await poolHead();
    await writeFile(head.usersFile, issuerYaml(lab.issuer));
    await head.user('ada', 'operator');
    await lab[Symbol.asyncDispose]();
    await using opened = await openPage(browser);
    const { page } = opened;
    await page.goto(head.url);
    await page.getByRole('link', { name: 'Sign in with Lab' }).click();
    await page.getByText('The issuer does not answer. Sign in with a name and password of this head meanwhile').waitFor();
    assert.equal(new URL(page.url()).hash, '#/', 'a reload does not say it again');
    await page.getByLabel('Name').fill('ada');
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Nodes' }).waitFor();
  });
});
